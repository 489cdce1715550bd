//! The model: weights from the binary or a folder, and the way from sentences to an [`Analysis`].

use crate::analysis::{Analysis, Deprel, Upos, WordAnalysis};
use crate::encoder::{Encoder, HIDDEN, Layer, LayerNorm, Scratch};
use crate::heads::{Crf, Dense, Parser, Roles, runs, share};
use crate::kernel::{self, Packed, Path as KernelPath};
use crate::lemma::lemma;
use crate::wordpiece::{CONTINUATION, SHAPE_SPECIAL, Vocabulary, sentence_shapes};
use counterclaim_schema::{Attribution, Mention, MentionKind, Span};
use counterclaim_text::Sentence;
use rayon::prelude::*;
use safetensors::SafeTensors;
use safetensors::tensor::TensorView;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::sync::OnceLock;

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

/// The model, ready to read.
#[derive(Debug)]
pub struct Model {
    manifest: Manifest,
    vocabulary: Vocabulary,
    encoder: Encoder,
    mention: Dense,
    mention_crf: Crf,
    cue: Dense,
    cue_crf: Crf,
    roles: Roles,
    upos: Dense,
    parser: Parser,
    kinds: Vec<MentionKind>,
    upos_tags: Vec<Upos>,
    relations: Vec<Deprel>,
}

/// Kinds that the training data of the shipped weights does not tell from another one (groups of people are never marked in public
/// sets, facilities are marked as places): their evidence counts for the other one, `None` for no mention at all.
const UNTOLD: [(MentionKind, Option<MentionKind>); 2] =
    [(MentionKind::Group, None), (MentionKind::Facility, Some(MentionKind::Place))];

/// Pieces of a window, specials included.
const WINDOW: usize = 160;
/// Pieces of a window that holds one long sentence.
const LONGEST: usize = 254;
/// Words that two windows of a cut sentence share.
const OVERLAP: usize = 32;

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

    fn floats(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, ModelError> {
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
        Ok(Dense { weight, bias, outputs })
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

#[repr(C, align(64))]
struct Aligned<T: ?Sized>(T);

static WEIGHTS: &Aligned<[u8]> = &Aligned(*include_bytes!("../../../models/model.safetensors"));
static VOCABULARY: &str = include_str!("../../../models/vocab.txt");
static MANIFEST: &str = include_str!("../../../models/manifest.json");

impl Model {
    /// The model in the binary. Panics when the build carried broken files, which the tests of this crate rule out.
    pub fn embedded() -> &'static Model {
        static MODEL: OnceLock<Model> = OnceLock::new();
        MODEL.get_or_init(|| Model::build(MANIFEST, VOCABULARY, &WEIGHTS.0).expect("the embedded model is tested"))
    }

    /// A model from a folder with `manifest.json`, `vocab.txt` and `model.safetensors`; hashes are checked.
    pub fn open(folder: &Path) -> Result<Model, ModelError> {
        let read = |file: &str| {
            std::fs::read(folder.join(file)).map_err(|source| ModelError::Unreadable { file: file.to_owned(), source })
        };
        let (manifest, vocabulary, weights) = (read("manifest.json")?, read("vocab.txt")?, read("model.safetensors")?);
        let text = |bytes: Vec<u8>, file: &str| {
            String::from_utf8(bytes).map_err(|_| ModelError::BadManifest { reason: format!("`{file}` is not UTF-8") })
        };
        let (manifest, vocabulary) = (text(manifest, "manifest.json")?, text(vocabulary, "vocab.txt")?);
        let parsed: Manifest =
            serde_json::from_str(&manifest).map_err(|error| ModelError::BadManifest { reason: error.to_string() })?;
        for (file, bytes) in [("vocab.txt", vocabulary.as_bytes()), ("model.safetensors", &weights)] {
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
        let tensors = Tensors(
            SafeTensors::deserialize(weights).map_err(|error| ModelError::BadWeights { reason: error.to_string() })?,
        );
        let rows = vocabulary.size();
        let (word, word_scale) = tensors.bytes("embeddings.word_embeddings.weight", &[rows, HIDDEN])?;
        let mut position = tensors.floats("embeddings.position_embeddings.weight", &[512, HIDDEN])?;
        let types = tensors.floats("embeddings.token_type_embeddings.weight", &[2, HIDDEN])?;
        for row in position.chunks_exact_mut(HIDDEN) {
            for (value, add) in row.iter_mut().zip(&types) {
                *value += add;
            }
        }
        let layers = (0..6)
            .into_par_iter()
            .map(|index| {
                let name = |part: &str| format!("encoder.layer.{index}.{part}");
                let (query, key, value) =
                    (name("attention.self.query"), name("attention.self.key"), name("attention.self.value"));
                Ok(Layer {
                    qkv: tensors.packed(&[&query, &key, &value], HIDDEN, HIDDEN)?,
                    attention_output: tensors.packed(&[&name("attention.output.dense")], HIDDEN, HIDDEN)?,
                    attention_norm: tensors.norm(&name("attention.output.LayerNorm"))?,
                    intermediate: tensors.packed(&[&name("intermediate.dense")], 4 * HIDDEN, HIDDEN)?,
                    output: tensors.packed(&[&name("output.dense")], HIDDEN, 4 * HIDDEN)?,
                    output_norm: tensors.norm(&name("output.LayerNorm"))?,
                })
            })
            .collect::<Result<Vec<_>, ModelError>>()?;
        let encoder = Encoder {
            word,
            word_scale,
            position,
            shape: tensors.floats("shape_embeddings.weight", &[24, HIDDEN])?,
            norm: tensors.norm("embeddings.LayerNorm")?,
            layers,
        };
        let tags = 2 * kinds.len() + 1;
        let count = relations.len();
        Ok(Model {
            encoder,
            mention: tensors.dense("heads.mention", tags, HIDDEN, true)?,
            mention_crf: tensors.crf("heads.mention", tags)?,
            cue: tensors.dense("heads.cue", 3, HIDDEN, true)?,
            cue_crf: tensors.crf("heads.cue", 3)?,
            roles: Roles {
                token: tensors.dense("roles.token", 192, HIDDEN, true)?,
                cue: tensors.dense("roles.cue", 192, HIDDEN, false)?,
                distance: tensors.floats("roles.distance.weight", &[66, 192])?,
                product_token: tensors.dense("roles.product_token", 192, HIDDEN, false)?,
                product_cue: tensors.dense("roles.product_cue", 192, HIDDEN, false)?,
                out: tensors.dense("roles.out", 7, 192, true)?,
                crf: tensors.crf("roles", 7)?,
            },
            upos: tensors.dense("heads.upos", upos_tags.len(), HIDDEN, true)?,
            parser: Parser {
                arc_dep: tensors.dense("parser.arc_dep", 192, HIDDEN, true)?,
                arc_head: tensors.dense("parser.arc_head", 192, HIDDEN, true)?,
                arc_biaffine: tensors.floats("parser.arc_biaffine", &[192, 192])?,
                arc_bias: tensors.floats("parser.arc_bias", &[192])?,
                rel_dep: tensors.dense("parser.rel_dep", 96, HIDDEN, true)?,
                rel_head: tensors.dense("parser.rel_head", 96, HIDDEN, true)?,
                rel_biaffine: tensors.floats("parser.rel_biaffine", &[count, 97, 97])?,
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

    /// Name, version and hashes.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Hidden states [pieces, 384] of raw pieces, for measuring and comparing.
    pub fn encode(&self, path: KernelPath, pieces: &[u32], shapes: &[u8], scratch: &mut Scratch) -> Vec<f32> {
        self.encoder.encode(path, pieces, shapes, scratch)
    }

    /// Reads the sentences of a text. Pure: the same input gives the same output on any number of threads and any machine.
    pub fn analyze(&self, text: &str, sentences: &[Sentence]) -> Analysis {
        self.analyze_with(*kernel::CHOSEN, text, sentences)
    }

    /// As [`Model::analyze`], by a chosen way of computing.
    pub fn analyze_with(&self, path: KernelPath, text: &str, sentences: &[Sentence]) -> Analysis {
        let windows = self.windows(text, sentences);
        let results: Vec<WindowResult> =
            windows.par_iter().map_init(Scratch::default, |scratch, window| self.read(path, window, scratch)).collect();
        assemble(self, text, sentences, &windows, results)
    }

    /// Cuts sentences into windows of whole sentences, a long sentence into overlapping ones.
    fn windows(&self, text: &str, sentences: &[Sentence]) -> Vec<Window> {
        let mut windows: Vec<Window> = Vec::new();
        let mut open = Window::default();
        let mut block = None;
        let mut first_word = 0u32;
        for (index, sentence) in sentences.iter().enumerate() {
            let forms: Vec<&str> = sentence.words.iter().map(|word| word.span.of(text)).collect();
            let shapes = sentence_shapes(&forms);
            let words: Vec<(Vec<u32>, u8)> = forms
                .iter()
                .zip(shapes)
                .map(|(form, shape)| {
                    let mut pieces = Vec::new();
                    self.vocabulary.word(form, &mut pieces);
                    pieces.truncate(LONGEST - 2);
                    (pieces, shape)
                })
                .collect();
            let size: usize = words.iter().map(|(pieces, _)| pieces.len()).sum();
            // A paragraph stays together as long as the encoder can hold it: quotations run over its sentences.
            let room = if block == Some(sentence.block) { LONGEST } else { WINDOW };
            let fits = open.size() + size + 2 <= room;
            // A new block opens a new window when the open one is already well filled.
            let turn = block != Some(sentence.block) && open.size() * 2 > WINDOW;
            if !open.is_empty() && (!fits || turn) {
                windows.push(std::mem::take(&mut open));
            }
            block = Some(sentence.block);
            if size <= LONGEST - 2 {
                open.push(first_word, index, &words);
            } else {
                windows.extend(long_windows(first_word, index, &words));
            }
            first_word += words.len() as u32;
        }
        if !open.is_empty() {
            windows.push(open);
        }
        windows
    }

    fn read(&self, path: KernelPath, window: &Window, scratch: &mut Scratch) -> WindowResult {
        let mut pieces = vec![self.vocabulary.cls];
        let mut shapes = vec![SHAPE_SPECIAL];
        let mut firsts = Vec::with_capacity(window.words.len());
        for (word, shape) in &window.words {
            firsts.push(pieces.len());
            for (index, &piece) in word.iter().enumerate() {
                pieces.push(piece);
                shapes.push(if index == 0 { *shape } else { *shape + CONTINUATION });
            }
        }
        pieces.push(self.vocabulary.sep);
        shapes.push(SHAPE_SPECIAL);
        let hidden = self.encoder.encode(path, &pieces, &shapes, scratch);
        let vectors: Vec<&[f32]> = firsts.iter().map(|&first| &hidden[first * HIDDEN..(first + 1) * HIDDEN]).collect();
        let mut result = WindowResult::default();
        for vector in &vectors {
            let scores = self.upos.apply(vector);
            let best = (0..scores.len()).fold(0, |best, tag| if scores[tag] > scores[best] { tag } else { best });
            result.upos.push(self.upos_tags[best]);
        }
        let mut sentence_of = vec![0usize; vectors.len()];
        for (number, (_, range)) in window.sentences.iter().enumerate() {
            sentence_of[range.clone()].fill(number);
            for (word, (head, relation)) in self.parser.parse(&vectors[range.clone()]).into_iter().enumerate() {
                let head = if head == 0 { None } else { Some(range.start + head - 1) };
                debug_assert_eq!(result.heads.len(), range.start + word);
                result.heads.push((head, self.relations[relation]));
            }
            let emissions: Vec<Vec<f32>> =
                vectors[range.clone()].iter().map(|vector| self.mention_emission(vector)).collect();
            let tags = self.mention_crf.decode(&emissions);
            for (start, end, kind) in runs(&tags) {
                let score =
                    (start..end).map(|word| share(&emissions[word], tags[word])).sum::<f32>() / (end - start) as f32;
                result.mentions.push((range.start + start, range.start + end, self.kinds[kind], score));
            }
        }
        self.attribute(&vectors, &sentence_of, &mut result);
        result
    }

    /// Emissions of the mention tags, the untold kinds added to those that they are not told from.
    fn mention_emission(&self, vector: &[f32]) -> Vec<f32> {
        let mut scores = self.mention.apply(vector);
        let add = |a: f32, b: f32| {
            let largest = if a > b { a } else { b };
            largest + (crate::encoder::exp(a - largest) + crate::encoder::exp(b - largest)).ln()
        };
        for (kind, into) in UNTOLD {
            let Some(from) = self.kinds.iter().position(|known| *known == kind) else { continue };
            let target = into.and_then(|into| self.kinds.iter().position(|known| *known == into));
            for inside in 0..2 {
                let to = target.map_or(0, |target| 2 * target + 1 + inside);
                scores[to] = add(scores[to], scores[2 * from + 1 + inside]);
                scores[2 * from + 1 + inside] = -1e4;
            }
        }
        scores
    }

    fn attribute(&self, vectors: &[&[f32]], sentence_of: &[usize], result: &mut WindowResult) {
        let emissions: Vec<Vec<f32>> = vectors.iter().map(|vector| self.cue.apply(vector)).collect();
        let tags = self.cue_crf.decode(&emissions);
        let cues = runs(&tags);
        if cues.is_empty() {
            return;
        }
        let words = self.roles.prepare(vectors);
        let mut claimed: Vec<(usize, usize)> = Vec::new();
        for (number, &(start, end, _)) in cues.iter().enumerate() {
            if claimed.contains(&(start, end)) {
                continue;
            }
            let score =
                (start..end).map(|word| share(&emissions[word], tags[word])).sum::<f32>() / (end - start) as f32;
            let mut found =
                FoundAttribution { source: Vec::new(), cue: vec![(start, end)], content: Vec::new(), score };
            for (from, to, role) in runs(&self.roles.tag(&words, vectors, sentence_of, start, end)) {
                match role {
                    0 => found.source.push((from, to)),
                    1 => found.content.push((from, to)),
                    _ => {
                        claimed.extend(
                            cues[number + 1..]
                                .iter()
                                .filter(|cue| cue.0 < to && from < cue.1)
                                .map(|cue| (cue.0, cue.1)),
                        );
                        found.cue.push((from, to));
                    }
                }
            }
            found.cue.sort_unstable();
            result.attributions.push(found);
        }
    }
}

/// Sentences that are encoded together.
#[derive(Debug, Default)]
struct Window {
    /// Number of the first word through the document.
    first_word: u32,
    /// Pieces and shape of each word.
    words: Vec<(Vec<u32>, u8)>,
    /// Sentence index and its words in the window.
    sentences: Vec<(usize, Range<usize>)>,
    /// For a part of a long sentence: the words that this window answers for.
    keep: Option<Range<usize>>,
}

impl Window {
    fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    fn size(&self) -> usize {
        self.words.iter().map(|(pieces, _)| pieces.len()).sum()
    }

    fn push(&mut self, first_word: u32, sentence: usize, words: &[(Vec<u32>, u8)]) {
        if self.words.is_empty() {
            self.first_word = first_word;
        }
        let start = self.words.len();
        self.words.extend_from_slice(words);
        self.sentences.push((sentence, start..self.words.len()));
    }
}

/// Overlapping windows over one long sentence; each word is answered by the window in which it stands further from the edge.
fn long_windows(first_word: u32, sentence: usize, words: &[(Vec<u32>, u8)]) -> Vec<Window> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    while start < words.len() {
        let mut end = start;
        let mut size = 0;
        while end < words.len() && size + words[end].0.len() <= LONGEST - 2 {
            size += words[end].0.len();
            end += 1;
        }
        parts.push(start..end);
        if end == words.len() {
            break;
        }
        start = (end - OVERLAP.min((end - start) / 2)).max(start + 1);
    }
    let mut kept_from = 0;
    let mut windows = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let kept_to = match parts.get(index + 1) {
            Some(next) => (next.start + part.end) / 2,
            None => part.end,
        };
        let mut window = Window { keep: Some(kept_from - part.start..kept_to - part.start), ..Window::default() };
        window.push(first_word + part.start as u32, sentence, &words[part.clone()]);
        windows.push(window);
        kept_from = kept_to;
    }
    windows
}

struct FoundAttribution {
    source: Vec<(usize, usize)>,
    cue: Vec<(usize, usize)>,
    content: Vec<(usize, usize)>,
    score: f32,
}

#[derive(Default)]
struct WindowResult {
    upos: Vec<Upos>,
    heads: Vec<(Option<usize>, Deprel)>,
    mentions: Vec<(usize, usize, MentionKind, f32)>,
    attributions: Vec<FoundAttribution>,
}

fn assemble(
    model: &Model,
    text: &str,
    sentences: &[Sentence],
    windows: &[Window],
    results: Vec<WindowResult>,
) -> Analysis {
    let _ = model;
    let spans: Vec<Span> = sentences.iter().flat_map(|sentence| sentence.words.iter().map(|word| word.span)).collect();
    let mut ranges = Vec::with_capacity(sentences.len());
    let mut next = 0u32;
    for sentence in sentences {
        ranges.push(next..next + sentence.words.len() as u32);
        next += sentence.words.len() as u32;
    }
    let mut words: Vec<WordAnalysis> = Vec::with_capacity(spans.len());
    let mut mentions: Vec<Mention> = Vec::new();
    let mut attributions: Vec<Attribution> = Vec::new();
    for (window, result) in windows.iter().zip(results) {
        let base = window.first_word as usize;
        let keep = window.keep.clone().unwrap_or(0..window.words.len());
        let cover = |start: usize, end: usize| spans[base + start].to(spans[base + end - 1]);
        let pieces =
            |found: &[(usize, usize)]| -> Vec<Span> { found.iter().map(|&(start, end)| cover(start, end)).collect() };
        for (sentence, range) in &window.sentences {
            for word in range.clone().filter(|word| keep.contains(word)) {
                let (head, deprel) = result.heads[word];
                let span = spans[base + word];
                words.push(WordAnalysis {
                    span,
                    sentence: *sentence as u32,
                    upos: result.upos[word],
                    head: head.map(|head| (base + head) as u32),
                    deprel,
                    lemma: lemma(span.of(text), result.upos[word]),
                });
            }
        }
        for (start, end, kind, score) in result.mentions {
            if keep.contains(&start) {
                mentions.push(Mention { span: cover(start, end), kind, score });
            }
        }
        for found in result.attributions {
            if found.cue.first().is_some_and(|cue| keep.contains(&cue.0)) {
                attributions.push(Attribution {
                    source: pieces(&found.source),
                    cue: pieces(&found.cue),
                    content: pieces(&found.content),
                    score: found.score,
                });
            }
        }
    }
    one_root_each(&mut words, &ranges);
    Analysis::new(words, ranges, mentions, attributions)
}

/// The parts of a long sentence have a root each, and a head may lie in a part that another window answered for: the first root
/// becomes the root of all, and what would close a circle hangs on it.
fn one_root_each(words: &mut [WordAnalysis], ranges: &[Range<u32>]) {
    for range in ranges {
        let roots: Vec<u32> = range.clone().filter(|&word| words[word as usize].head.is_none()).collect();
        let Some(&root) = roots.first().or(range.clone().next().as_ref()) else { continue };
        if roots.is_empty() {
            words[root as usize].head = None;
            words[root as usize].deprel = Deprel::Root;
        }
        for &other in roots.iter().skip(1) {
            words[other as usize].head = Some(root);
            words[other as usize].deprel = Deprel::Parataxis;
        }
        let limit = range.len();
        for word in range.clone() {
            let mut at = word;
            let mut steps = 0;
            while let Some(head) = words[at as usize].head {
                at = head;
                steps += 1;
                if steps > limit {
                    words[word as usize].head = Some(root);
                    break;
                }
            }
        }
    }
}
