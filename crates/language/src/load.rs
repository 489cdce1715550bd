//! Weights from the binary or a folder.

use crate::agreements::{self, AgreementReader};
use crate::analysis::{Deprel, Upos};
use crate::encoder::{Encoder, HIDDEN, Layer, LayerNorm};
use crate::events::{self, EventHeads, Pool, WIDE};
use crate::float::Dense;
use crate::heads::{Crf, Parser, Roles};
use crate::kernel::Packed;
use crate::model::Model;
use crate::reports::{self, AnswerReader, PairHead, ReportHeads};
use crate::wordpiece::Vocabulary;
use counterclaim_schema::MentionKind;
use rayon::prelude::*;
use safetensors::SafeTensors;
use safetensors::tensor::TensorView;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// Why a model cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// A file is missing or cannot be read.
    #[error("cannot read `{file}` of the model")]
    Unreadable {
        /// Name of the file.
        file: String,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// A file's hash is not the one in the manifest.
    #[error("`{file}` of the model does not have the hash that its manifest gives")]
    WrongHash {
        /// Name of the file.
        file: String,
    },
    /// The manifest cannot be read.
    #[error("the manifest of the model is broken: {reason}")]
    BadManifest {
        /// What is wrong.
        reason: String,
    },
    /// The weights are not those of the architecture.
    #[error("the weights of the model do not fit: {reason}")]
    BadWeights {
        /// What is wrong.
        reason: String,
    },
}

/// `manifest.json`.
#[derive(Debug, Clone, Deserialize)]
pub struct Manifest {
    /// Always `counterclaim.model/1`.
    pub schema: String,
    /// Name of the model.
    pub name: String,
    /// Version of the model.
    pub version: String,
    /// Hash of each file.
    pub sha256: BTreeMap<String, String>,
    /// Kinds of mentions in the order of their tags.
    pub mention_kinds: Vec<String>,
    /// Parts of speech in the order of the head.
    pub upos: Vec<String>,
    /// Relations in the order of the head.
    pub deprels: Vec<String>,
}

/// The value of a number in 16 bits (IEEE 754 binary16); infinities and what is no number do not occur in weights and become large.
fn half(bits: u16) -> f32 {
    let sign = u32::from(bits >> 15) << 31;
    let exponent = u32::from(bits >> 10) & 31;
    let fraction = u32::from(bits) & 1023;
    if exponent == 0 {
        let value = fraction as f32 / 16_777_216.0;
        return if sign == 0 { value } else { -value };
    }
    f32::from_bits(sign | (exponent + 112) << 23 | fraction << 13)
}

/// Tensors of a weights file.
struct Tensors<'a>(SafeTensors<'a>);

impl Tensors<'_> {
    fn view(&self, name: &str, shape: &[usize], dtype: safetensors::Dtype) -> Result<TensorView<'_>, ModelError> {
        let bad = |reason: String| ModelError::BadWeights { reason };
        let view = self.0.tensor(name).map_err(|_| bad(format!("`{name}` is missing")))?;
        if view.dtype() != dtype || view.shape() != shape {
            return Err(bad(format!(
                "`{name}` is {:?} {:?}, expected {dtype:?} {shape:?}",
                view.dtype(),
                view.shape()
            )));
        }
        Ok(view)
    }

    /// Numbers that are stored in 32 bits, or in 16 where those are as good.
    fn floats(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, ModelError> {
        if let Ok(view) = self.view(name, shape, safetensors::Dtype::F16) {
            return Ok(view.data().chunks_exact(2).map(|two| half(u16::from_le_bytes([two[0], two[1]]))).collect());
        }
        let view = self.view(name, shape, safetensors::Dtype::F32)?;
        Ok(view.data().chunks_exact(4).map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]])).collect())
    }

    fn bytes(&self, name: &str, shape: &[usize]) -> Result<(Vec<i8>, Vec<f32>), ModelError> {
        let view = self.view(name, shape, safetensors::Dtype::I8)?;
        let weights = view.data().iter().map(|&byte| byte as i8).collect();
        Ok((weights, self.floats(&format!("{name}.scale"), &shape[..1])?))
    }

    fn dense(&self, name: &str, outputs: usize, inputs: usize, bias: bool) -> Result<Dense, ModelError> {
        let weight = self.floats(&format!("{name}.weight"), &[outputs, inputs])?;
        let bias = if bias { self.floats(&format!("{name}.bias"), &[outputs])? } else { Vec::new() };
        Ok(Dense::new(&weight, &bias, inputs, outputs))
    }

    /// The matrices [relations, 97, 97] as one layer from 96 inputs, their last columns as its bias.
    fn relations(&self, name: &str, relations: usize) -> Result<Dense, ModelError> {
        let all = self.floats(name, &[relations, 97, 97])?;
        let (mut weight, mut bias) = (Vec::with_capacity(relations * 97 * 96), Vec::with_capacity(relations * 97));
        for row in all.chunks_exact(97) {
            weight.extend_from_slice(&row[..96]);
            bias.push(row[96]);
        }
        Ok(Dense::new(&weight, &bias, 96, relations * 97))
    }

    fn crf(&self, name: &str, tags: usize) -> Result<Crf, ModelError> {
        Ok(Crf {
            transitions: self.floats(&format!("{name}.crf.transitions"), &[tags, tags])?,
            start: self.floats(&format!("{name}.crf.start"), &[tags])?,
            end: self.floats(&format!("{name}.crf.end"), &[tags])?,
        })
    }

    fn norm(&self, name: &str) -> Result<LayerNorm, ModelError> {
        Ok(LayerNorm {
            weight: self.floats(&format!("{name}.weight"), &[HIDDEN])?,
            bias: self.floats(&format!("{name}.bias"), &[HIDDEN])?,
        })
    }

    fn packed(&self, names: &[&str], outputs: usize, inputs: usize) -> Result<Packed, ModelError> {
        let (mut weights, mut scales, mut bias) = (Vec::new(), Vec::new(), Vec::new());
        for name in names {
            let (part, scale) = self.bytes(&format!("{name}.weight"), &[outputs, inputs])?;
            weights.extend(part);
            scales.extend(scale);
            bias.extend(self.floats(&format!("{name}.bias"), &[outputs])?);
        }
        Ok(Packed::new(&weights, &scales, &bias, inputs, outputs * names.len()))
    }
}

impl Tensors<'_> {
    /// An encoder whose tensors' names begin with a prefix, over a word table.
    fn encoder(&self, prefix: &str, layers: usize, word: (&Arc<[i8]>, &Arc<[f32]>)) -> Result<Encoder, ModelError> {
        let mut position = self.floats(&format!("{prefix}embeddings.position_embeddings.weight"), &[512, HIDDEN])?;
        let types = self.floats(&format!("{prefix}embeddings.token_type_embeddings.weight"), &[2, HIDDEN])?;
        for row in position.chunks_exact_mut(HIDDEN) {
            for (value, add) in row.iter_mut().zip(&types) {
                *value += add;
            }
        }
        Ok(Encoder {
            word: word.0.clone(),
            word_scale: word.1.clone(),
            position,
            shape: self.floats(&format!("{prefix}shape_embeddings.weight"), &[24, HIDDEN])?,
            norm: self.norm(&format!("{prefix}embeddings.LayerNorm"))?,
            layers: self.layers(prefix, layers)?,
        })
    }

    /// The layers of an encoder.
    fn layers(&self, prefix: &str, count: usize) -> Result<Vec<Layer>, ModelError> {
        (0..count)
            .into_par_iter()
            .map(|index| {
                let name = |part: &str| format!("{prefix}encoder.layer.{index}.{part}");
                let (query, key, value) =
                    (name("attention.self.query"), name("attention.self.key"), name("attention.self.value"));
                Ok(Layer {
                    qkv: self.packed(&[&query, &key, &value], HIDDEN, HIDDEN)?,
                    attention_output: self.packed(&[&name("attention.output.dense")], HIDDEN, HIDDEN)?,
                    attention_norm: self.norm(&name("attention.output.LayerNorm"))?,
                    intermediate: self.packed(&[&name("intermediate.dense")], 4 * HIDDEN, HIDDEN)?,
                    output: self.packed(&[&name("output.dense")], HIDDEN, 4 * HIDDEN)?,
                    output_norm: self.norm(&name("output.LayerNorm"))?,
                })
            })
            .collect()
    }

    fn roles(&self, name: &str, tags: usize, inputs: usize) -> Result<Roles, ModelError> {
        let part = |part: &str| format!("{name}.{part}");
        Ok(Roles {
            token: self.dense(&part("token"), 192, inputs, true)?,
            cue: self.dense(&part("cue"), 192, inputs, false)?,
            distance: self.floats(&part("distance.weight"), &[66, 192])?,
            product_token: self.dense(&part("product_token"), 192, inputs, false)?,
            product_cue: self.dense(&part("product_cue"), 192, inputs, false)?,
            out: self.dense(&part("out"), tags, 192, true)?,
            crf: self.crf(name, tags)?,
            inputs,
        })
    }

    fn pairs(&self, name: &str) -> Result<PairHead, ModelError> {
        let dense = |part: &str, bias| self.dense(&format!("{name}.{part}"), reports::WIDTH, HIDDEN, bias);
        Ok(PairHead {
            earlier: dense("earlier", true)?,
            later: dense("later", false)?,
            distance: self.floats(&format!("{name}.distance.weight"), &[reports::NEAR + 1, reports::WIDTH])?,
            product_earlier: dense("product_earlier", false)?,
            product_later: dense("product_later", false)?,
            out: self.dense(&format!("{name}.out"), 1, reports::WIDTH, true)?,
        })
    }

    fn pool(&self, name: &str, classes: usize) -> Result<Pool, ModelError> {
        Ok(Pool {
            attention: self.floats(&format!("{name}.attention.weight"), &[1, HIDDEN])?,
            linear: self.dense(&format!("{name}.linear"), classes, HIDDEN, true)?,
        })
    }
}

/// Name of the packed weights in a model's folder.
const WEIGHTS_FILE: &str = "model.safetensors.zst";
/// Bytes of unpacked weights beyond which a file is none of ours.
const MOST: usize = 1 << 27;

static WEIGHTS: &[u8] = include_bytes!("../../../models/model.safetensors.zst");
static VOCABULARY: &str = include_str!("../../../models/vocab.txt");
static MANIFEST: &str = include_str!("../../../models/manifest.json");

impl Model {
    /// The model in the binary. Panics when the build carried broken files, which the tests of this crate rule out.
    pub fn embedded() -> &'static Model {
        static MODEL: OnceLock<Model> = OnceLock::new();
        MODEL.get_or_init(|| Model::build(MANIFEST, VOCABULARY, WEIGHTS).expect("the embedded model is tested"))
    }

    /// A model from a folder with `manifest.json`, `vocab.txt` and `model.safetensors.zst`; hashes are checked.
    pub fn open(folder: &Path) -> Result<Model, ModelError> {
        let read = |file: &str| {
            std::fs::read(folder.join(file)).map_err(|source| ModelError::Unreadable { file: file.to_owned(), source })
        };
        let (manifest, vocabulary, weights) = (read("manifest.json")?, read("vocab.txt")?, read(WEIGHTS_FILE)?);
        let text = |bytes: Vec<u8>, file: &str| {
            String::from_utf8(bytes).map_err(|_| ModelError::BadManifest { reason: format!("`{file}` is not UTF-8") })
        };
        let (manifest, vocabulary) = (text(manifest, "manifest.json")?, text(vocabulary, "vocab.txt")?);
        let parsed: Manifest =
            serde_json::from_str(&manifest).map_err(|error| ModelError::BadManifest { reason: error.to_string() })?;
        for (file, bytes) in [("vocab.txt", vocabulary.as_bytes()), (WEIGHTS_FILE, &weights)] {
            let hash: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            if parsed.sha256.get(file) != Some(&hash) {
                return Err(ModelError::WrongHash { file: file.to_owned() });
            }
        }
        Model::build(&manifest, &vocabulary, &weights)
    }

    fn build(manifest: &str, vocabulary: &str, weights: &[u8]) -> Result<Model, ModelError> {
        let manifest: Manifest =
            serde_json::from_str(manifest).map_err(|error| ModelError::BadManifest { reason: error.to_string() })?;
        if manifest.schema != "counterclaim.model/1" {
            return Err(ModelError::BadManifest {
                reason: format!("schema `{}` is not `counterclaim.model/1`", manifest.schema),
            });
        }
        let unknown = |what: &str, name: &str| ModelError::BadManifest { reason: format!("unknown {what} `{name}`") };
        let kinds = manifest
            .mention_kinds
            .iter()
            .map(|name| {
                MentionKind::ALL.into_iter().find(|kind| kind.as_str() == name).ok_or_else(|| unknown("kind", name))
            })
            .collect::<Result<Vec<_>, _>>()?;
        let upos_tags = manifest
            .upos
            .iter()
            .map(|name| Upos::parse(name).ok_or_else(|| unknown("part of speech", name)))
            .collect::<Result<Vec<_>, _>>()?;
        let relations = manifest
            .deprels
            .iter()
            .map(|name| Deprel::parse(name).ok_or_else(|| unknown("relation", name)))
            .collect::<Result<Vec<_>, _>>()?;
        let root_relation = relations
            .iter()
            .position(|relation| *relation == Deprel::Root)
            .ok_or_else(|| unknown("relation", "no root"))?;
        let vocabulary = Vocabulary::parse(vocabulary)
            .ok_or_else(|| ModelError::BadManifest { reason: "the vocabulary lacks a special piece".to_owned() })?;
        let bad = |error: &dyn std::fmt::Display| ModelError::BadWeights { reason: error.to_string() };
        let weights = zstd::bulk::decompress(weights, MOST).map_err(|error| bad(&error))?;
        let tensors = Tensors(SafeTensors::deserialize(&weights).map_err(|error| bad(&error))?);
        let rows = vocabulary.size();
        let (word, word_scale) = tensors.bytes("embeddings.word_embeddings.weight", &[rows, HIDDEN])?;
        let (word, word_scale): (Arc<[i8]>, Arc<[f32]>) = (word.into(), word_scale.into());
        let encoder = tensors.encoder("", 6, (&word, &word_scale))?;
        let events = EventHeads {
            encoder: tensors.encoder("events.", 3, (&word, &word_scale))?,
            words: tensors.dense("events.words", events::TYPES, WIDE, true)?,
            types: tensors.pool("events.types", events::TYPES)?,
            classes: tensors.pool("events.labels", events::REPORT_CLASSES.len())?,
            status: tensors.dense("events.status", 7, WIDE, true)?,
            past: tensors.dense("events.past", 2, WIDE, true)?,
            facts: tensors.dense("events.facts", 5, WIDE, true)?,
            named: tensors.dense("events.deeds", 2, WIDE, true)?,
            links: tensors.roles("events.links", 15, WIDE)?,
            sides: tensors.dense("events.sides", 5, WIDE, true)?,
            sides_crf: tensors.crf("events.sides", 5)?,
            keys: tensors.dense("events.keys", 11, WIDE, true)?,
            keys_crf: tensors.crf("events.keys", 11)?,
        };
        let agreements = AgreementReader {
            encoder: Encoder {
                word: word.clone(),
                word_scale: word_scale.clone(),
                position: encoder.position.clone(),
                shape: tensors.floats("agreements.shape_embeddings.weight", &[24, HIDDEN])?,
                norm: tensors.norm("agreements.embeddings.LayerNorm")?,
                layers: tensors.layers("agreements.", agreements::LAYERS)?,
            },
            names: tensors.floats("agreements.part_embeddings.weight", &[agreements::NAMINGS, HIDDEN])?,
            marks: tensors.dense("agreements.marks", agreements::BONDS, HIDDEN, true)?,
        };
        let answers = AnswerReader {
            encoder: Encoder {
                word: word.clone(),
                word_scale: word_scale.clone(),
                position: encoder.position.clone(),
                shape: tensors.floats("answers.shape_embeddings.weight", &[24, HIDDEN])?,
                norm: tensors.norm("answers.embeddings.LayerNorm")?,
                layers: tensors.layers("answers.", reports::LAYERS)?,
            },
            parts: tensors.floats("answers.part_embeddings.weight", &[reports::PARTS, HIDDEN])?,
            answers: tensors.pairs("answers.answers")?,
            figures: tensors.pairs("answers.figures")?,
        };
        let reports = ReportHeads {
            encoder: Encoder {
                word,
                word_scale,
                position: encoder.position.clone(),
                shape: tensors.floats("reports.shape_embeddings.weight", &[24, HIDDEN])?,
                norm: tensors.norm("reports.embeddings.LayerNorm")?,
                layers: tensors.layers("reports.", reports::LAYERS)?,
            },
            parts: tensors.floats("reports.part_embeddings.weight", &[reports::PARTS, HIDDEN])?,
            marks: tensors.dense("reports.marks", reports::MARKS, HIDDEN, true)?,
            acts: tensors.dense("reports.acts", reports::ACTS, HIDDEN, true)?,
            answers: tensors.pairs("reports.answers")?,
            figures: tensors.pairs("reports.figures")?,
        };
        let tags = 2 * kinds.len() + 1;
        let count = relations.len();
        Ok(Model {
            encoder,
            events,
            reports,
            agreements,
            answers,
            mention: tensors.dense("heads.mention", tags, HIDDEN, true)?,
            mention_crf: tensors.crf("heads.mention", tags)?,
            cue: tensors.dense("heads.cue", 3, HIDDEN, true)?,
            cue_crf: tensors.crf("heads.cue", 3)?,
            roles: tensors.roles("roles", 7, HIDDEN)?,
            upos: tensors.dense("heads.upos", upos_tags.len(), HIDDEN, true)?,
            parser: Parser {
                arc_dep: tensors.dense("parser.arc_dep", 192, HIDDEN, true)?,
                arc_head: tensors.dense("parser.arc_head", 192, HIDDEN, true)?,
                arc_biaffine: Dense::new(&tensors.floats("parser.arc_biaffine", &[192, 192])?, &[], 192, 192),
                arc_bias: tensors.floats("parser.arc_bias", &[192])?,
                rel_dep: tensors.dense("parser.rel_dep", 96, HIDDEN, true)?,
                rel_head: tensors.dense("parser.rel_head", 96, HIDDEN, true)?,
                rel_biaffine: tensors.relations("parser.rel_biaffine", count)?,
                root: tensors.floats("parser.root", &[HIDDEN])?,
                relations: count,
                root_relation,
            },
            manifest,
            vocabulary,
            kinds,
            upos_tags,
            relations,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::half;

    #[test]
    fn numbers_of_sixteen_bits_are_read() {
        let known =
            [(0x3C00, 1.0), (0xC000, -2.0), (0x3800, 0.5), (0x7BFF, 65504.0), (0x0001, 5.960_464_5e-8), (0x8000, 0.0)];
        for (bits, value) in known {
            assert_eq!(half(bits), value, "{bits:#x}");
        }
        assert!((half(0x3555) - 1.0 / 3.0).abs() < 1e-4);
    }
}
