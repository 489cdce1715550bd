//! Peoples and communities that are told by a name of their own and not by that of a state (`data/peoples.csv`).

use crate::key::name_key;
use crate::table::{rows, values};
use std::collections::HashMap;
use std::sync::LazyLock;

/// A people, a tribe or a community of faith.
#[derive(Debug)]
pub struct People {
    /// The usual name.
    pub name: &'static str,
    /// ISO 3166-1 alpha-3 of where its people live, home first; empty for communities of the whole world.
    pub countries: Vec<&'static str>,
    /// PLOVER sectors of its people.
    pub sectors: Vec<&'static str>,
}

struct Table {
    all: Vec<People>,
    by_name: HashMap<String, usize>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { all: Vec::new(), by_name: HashMap::new() };
    for [name, aliases, countries, sectors] in rows(include_str!("../../../data/peoples.csv")) {
        for name in std::iter::once(name).chain(values(aliases)) {
            table.by_name.entry(name_key(name)).or_insert(table.all.len());
        }
        table.all.push(People { name, countries: values(countries).collect(), sectors: values(sectors).collect() });
    }
    table
});

impl People {
    /// The people of this name, told by one or by many: "Kurd", "Kurds".
    pub fn by_name(name: &str) -> Option<&'static People> {
        if name.len() > 40 {
            return None;
        }
        let find = |name: &str| TABLE.by_name.get(&name_key(name));
        find(name).or_else(|| find(name.strip_suffix('s')?)).map(|&at| &TABLE.all[at])
    }

    /// The country when there is only one.
    pub fn home(&self) -> Option<&'static str> {
        match self.countries[..] {
            [home] => Some(home),
            _ => None,
        }
    }
}
