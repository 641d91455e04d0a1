//! Trains on a handful of invented sentences: the loss falls, the same seed gives the same bytes, a damaged file is
//! refused, and the hand-written gradients agree with finite differences.

use super::batch::{Encoder, Example, shards};
use super::*;
use crate::syntax::{ModelError, read_conllu};

/// Builds a treebank of "SUBJECT VERB OBJECT ." with some longer variants.
fn treebank() -> Vec<TreebankSentence> {
    let mut text = "# global.Entity = GRP-etype\n".to_owned();
    for subject in ["Orsa", "Tarvia", "Velm", "Kestra", "Ilmar"] {
        for (verb, lemma) in [("rejects", "reject"), ("wants", "want"), ("halts", "halt"), ("backs", "back")] {
            let rows = [
                (subject, subject, "PROPN\tNNP\tNumber=Sing", 2, "nsubj"),
                (verb, lemma, "VERB\tVBZ\tMood=Ind|Tense=Pres|VerbForm=Fin", 0, "root"),
                ("the", "the", "DET\tDT\tDefinite=Def", 4, "det"),
                ("truce", "truce", "NOUN\tNN\tNumber=Sing", 2, "obj"),
                (".", ".", "PUNCT\t.\t_", 2, "punct"),
            ];
            for (index, (form, lemma, tags, head, relation)) in rows.into_iter().enumerate() {
                let entity = if index == 0 { "Entity=(1-place)" } else { "_" };
                text += &format!("{}\t{form}\t{lemma}\t{tags}\t{head}\t{relation}\t_\t{entity}\n", index + 1);
            }
            text.push('\n');
        }
    }
    read_conllu(&text).unwrap()
}

fn options(epochs: usize) -> TrainOptions {
    let defaults = TrainOptions::default();
    let student = Plan { epochs, embedding: 16, units: 8, rate: 0.01, ..defaults.student.clone() };
    TrainOptions { teacher: student.clone(), student, teachers: 0, batch: 30, ..defaults }
}

/// Vectors for two of the words.
fn vectors() -> WordVectors {
    WordVectors::read("orsa 0.5 -0.5\nrejects 1 1\n", 9).unwrap()
}

/// Trains a small model and returns its file with the loss of each epoch.
fn quick(epochs: usize) -> (Vec<u8>, Vec<f64>) {
    let treebank = treebank();
    let mut losses = Vec::new();
    let material = Material { treebank: &treebank, plain: &[], names: &[], word_vectors: &vectors(), start: None };
    let bytes = train(&options(epochs), &material, std::slice::from_ref(&treebank), &mut |progress| {
        if let Progress::Epoch { loss, .. } = progress {
            losses.push(*loss);
        }
    });
    (bytes.unwrap(), losses)
}

#[test]
fn plain_sentences_are_learned_from_the_teachers_answers() {
    let treebank = treebank();
    let plain = vec![["Harrel", "rejects", "the", "truce", "."].map(str::to_owned).to_vec(); 3];
    let mut teachers = 0;
    let material = Material { treebank: &treebank, plain: &plain, names: &[], word_vectors: &vectors(), start: None };
    let bytes = train(&TrainOptions { teachers: 2, ..options(40) }, &material, &[], &mut |progress| {
        teachers += usize::from(matches!(progress, Progress::Teacher { .. }));
    });
    assert_eq!(teachers, 2);
    let tree = Parser::from_bytes(&bytes.unwrap()).unwrap().parse_forms(&["Harrel", "rejects", "the", "truce", "."]);
    let heads: Vec<Option<usize>> = tree.words().iter().map(|word| word.head).collect();
    assert_eq!(heads, [Some(1), None, Some(3), Some(1), Some(1)]);
}

#[test]
fn the_loss_falls_and_the_trees_are_learned() {
    let (bytes, losses) = quick(50);
    assert!(losses[49] < losses[0] / 4.0, "{losses:?}");
    let tree = Parser::from_bytes(&bytes).unwrap().parse_forms(&["Velm", "wants", "the", "truce", "."]);
    let heads: Vec<Option<usize>> = tree.words().iter().map(|word| word.head).collect();
    assert_eq!(heads, [Some(1), None, Some(3), Some(1), Some(1)]);
    assert_eq!(tree.word(0).entity, Some(EntityType::Place));
    assert_eq!(tree.word(1).lemma, "want");
    assert_eq!(tree.word(1).features.get("Mood"), Some("Ind"));
}

#[test]
fn training_goes_on_from_a_model() {
    let (bytes, losses) = quick(20);
    let (treebank, start) = (treebank(), Start::read(&bytes).unwrap());
    let again = |options: &TrainOptions| {
        let vectors = vectors();
        let material =
            Material { treebank: &treebank, plain: &[], names: &[], word_vectors: &vectors, start: Some(&start) };
        let mut first = None;
        let model = train(options, &material, &[], &mut |progress| {
            if let Progress::Epoch { loss, .. } = progress {
                first.get_or_insert(*loss);
            }
        });
        (model.map(|model| Start::read(&model).unwrap().weights()), first)
    };
    let mut slow = options(1);
    slow.student.rate = 0.0;
    let (weights, loss) = again(&slow);
    assert_eq!(weights, Ok(start.weights()));
    assert!(loss.unwrap() < losses[0] / 2.0, "{loss:?} {losses:?}");
    slow.student.units = 9;
    assert_eq!(again(&slow).0.unwrap_err().to_string(), "it has other sizes than these treebanks and options give");
}

#[test]
fn a_seed_gives_the_same_file_on_any_number_of_threads() {
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| quick(2).0)
    };
    assert_eq!(on(1), on(3));
}

#[test]
fn a_damaged_file_is_refused() {
    let (bytes, _) = quick(1);
    let error = |bytes: &[u8]| Parser::from_bytes(bytes).err();
    assert_eq!(error(b"PK"), Some(ModelError::Foreign));
    assert!(matches!(error(&bytes[..bytes.len() - 1]), Some(ModelError::Length { .. })));
    assert_eq!(error(&bytes[..30]), Some(ModelError::Header("payload")));
    let mut changed = bytes.clone();
    changed[bytes.len() - 9] ^= 1;
    assert_eq!(error(&changed), Some(ModelError::Damaged));
}

/// Moves single weights a little and compares the change of the loss with the gradient.
#[test]
fn gradients_agree_with_finite_differences() {
    let treebank = treebank();
    let encoder = Encoder::new(&treebank, &vectors());
    let mut examples: Vec<Example> = treebank.iter().filter_map(|sentence| encoder.encode(sentence)).collect();
    let forms = ["Velm", "wants", "the", "Pact"].map(str::to_owned).to_vec();
    let names = vec![Some(EntityType::Place), None, None, Some(EntityType::Abstract)];
    examples.extend(encoder.encode_names(&NamedSentence { forms, names }));
    let last = examples.len() - 1;
    let options = options(1);
    let trainer = Trainer::new(&options, &options.student, &encoder, examples.iter());
    let shard = shards(&examples, &[0, 7, last], 1, &mut Random::new(1, &[])).remove(0);
    let dropout = Dropout { input: 0.2, layer: 0.2 };
    let run = |weights: &[f32], embeddings: &[f32]| {
        let forward = Forward { sizes: &trainer.sizes, layout: &trainer.layout, weights };
        forward.gradient(&shard, embeddings, &vectors(), dropout, &mut Random::new(3, &[]))
    };
    let total = |loss: Loss| loss.tag + loss.arc + loss.label + loss.entity;
    let gradient = run(&trainer.weights, &trainer.embeddings).weights;
    let step = 2e-3_f32;
    for index in (0..trainer.weights.len()).step_by(37) {
        let moved = |by: f32| {
            let mut weights = trainer.weights.clone();
            weights[index] += by;
            total(run(&weights, &trainer.embeddings).loss)
        };
        let slope = (moved(step) - moved(-step)) / f64::from(2.0 * step);
        let found = f64::from(gradient[index]);
        assert!((slope - found).abs() < 0.03 + 0.03 * slope.abs(), "weight {index}: {slope} against {found}");
    }
}
