//! The encoder: BERT with post-layer-norm (Devlin et al., NAACL 2019), 6 layers of 384, with an embedding of the word's shape.
//!
//! Linear layers are integer products (`kernel.rs`); attention, softmax, layer norm and GELU are f32 (`float.rs`). Both give the
//! same bits in all ways of computing.

use crate::float::{AddNorm, Attention, AttentionScratch, GeluQuantize, Quantize, work};
use crate::kernel::{Packed, Path, Quantized, linear};

/// Width of a hidden state.
pub const HIDDEN: usize = 384;
const HEADS: usize = 12;
const EPSILON: f32 = 1e-12;

/// Weights of layer normalization.
#[derive(Debug, Clone)]
pub struct LayerNorm {
    /// Factor per dimension.
    pub weight: Vec<f32>,
    /// Added per dimension.
    pub bias: Vec<f32>,
}

/// One transformer layer. Query, key and value are one product.
#[derive(Debug, Clone)]
pub struct Layer {
    /// [1152, 384]: query, key, value.
    pub qkv: Packed,
    /// [384, 384].
    pub attention_output: Packed,
    /// After attention.
    pub attention_norm: LayerNorm,
    /// [1536, 384].
    pub intermediate: Packed,
    /// [384, 1536].
    pub output: Packed,
    /// After the feed-forward part.
    pub output_norm: LayerNorm,
}

/// The encoder's weights.
#[derive(Debug, Clone)]
pub struct Encoder {
    /// Word pieces, int8 per row.
    pub word: Vec<i8>,
    /// Scale of each row of `word`.
    pub word_scale: Vec<f32>,
    /// [512, 384], token type 0 already added.
    pub position: Vec<f32>,
    /// [24, 384].
    pub shape: Vec<f32>,
    /// After the sum of embeddings.
    pub norm: LayerNorm,
    /// The layers.
    pub layers: Vec<Layer>,
}

/// Buffers that are used again from window to window.
#[derive(Debug, Default)]
pub struct Scratch {
    quantized: Quantized,
    qkv: Vec<f32>,
    context: Vec<f32>,
    product: Vec<f32>,
    inner: Vec<f32>,
    attention: AttentionScratch,
}

impl Encoder {
    /// Hidden states [pieces, 384] of one window of at most 512 pieces.
    pub fn encode(&self, path: Path, pieces: &[u32], shapes: &[u8], scratch: &mut Scratch) -> Vec<f32> {
        let mut hidden = vec![0f32; pieces.len() * HIDDEN];
        let rows = hidden.chunks_exact_mut(HIDDEN).zip(pieces.iter().zip(shapes));
        for (index, (row, (&piece, &shape))) in rows.enumerate() {
            let word = &self.word[piece as usize * HIDDEN..][..HIDDEN];
            let scale = self.word_scale[piece as usize];
            let position = &self.position[index * HIDDEN..][..HIDDEN];
            let shape = &self.shape[usize::from(shape) * HIDDEN..][..HIDDEN];
            for dimension in 0..HIDDEN {
                row[dimension] = f32::from(word[dimension]) * scale + position[dimension] + shape[dimension];
            }
        }
        add_norm(path, &mut hidden, &[], &self.norm, &mut scratch.quantized);
        for layer in &self.layers {
            layer.run(path, &mut hidden, scratch);
        }
        hidden
    }
}

impl Layer {
    /// One layer; `scratch.quantized` holds the bytes of `hidden` before and after.
    fn run(&self, path: Path, hidden: &mut [f32], scratch: &mut Scratch) {
        let Scratch { quantized, qkv, context, product, inner, attention } = scratch;
        linear(path, quantized, &self.qkv, qkv);
        context.resize(hidden.len(), 0.0);
        let tokens = hidden.len() / HIDDEN;
        work(path, Attention { qkv, tokens, heads: HEADS, scratch: attention, context });
        work(path, Quantize { values: context, width: HIDDEN, into: quantized });
        linear(path, quantized, &self.attention_output, product);
        add_norm(path, hidden, product, &self.attention_norm, quantized);
        linear(path, quantized, &self.intermediate, inner);
        work(path, GeluQuantize { values: inner, width: self.output.inputs, into: quantized });
        linear(path, quantized, &self.output, product);
        add_norm(path, hidden, product, &self.output_norm, quantized);
    }
}

fn add_norm(path: Path, hidden: &mut [f32], add: &[f32], norm: &LayerNorm, into: &mut Quantized) {
    work(path, AddNorm { hidden, add, weight: &norm.weight, bias: &norm.bias, epsilon: EPSILON, into });
}
