//! Reads the tables of `data/`: comma-separated, one header line, no quotes, `|` between values in a cell.

/// Rows of a table after its header, as cells.
///
/// Lines with another number of cells than `N` are left out; a test keeps the tables free of them.
pub(crate) fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    table.lines().skip(1).filter_map(|line| {
        let mut cells = [""; N];
        let mut found = 0;
        for cell in line.split(',') {
            *cells.get_mut(found)? = cell.trim();
            found += 1;
        }
        (found == N).then_some(cells)
    })
}

/// Values of a cell.
pub(crate) fn values(cell: &'static str) -> impl Iterator<Item = &'static str> {
    cell.split('|').map(str::trim).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{rows, values};

    #[test]
    fn reads_cells_and_values() {
        let table: Vec<[&str; 2]> = rows("name,codes\nArmy,MIL\nbroken\nPolice,COP|GOV\n").collect();
        assert_eq!(table, [["Army", "MIL"], ["Police", "COP|GOV"]]);
        assert_eq!(values("COP| GOV |").collect::<Vec<_>>(), ["COP", "GOV"]);
    }
}
