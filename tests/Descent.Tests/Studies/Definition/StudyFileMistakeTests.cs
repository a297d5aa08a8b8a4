namespace Descent.Tests.Studies.Definition;

public class StudyFileMistakeTests
{
    [Theory]
    [InlineData("epoch: 3", "study.yaml, line 1: A study has no key \"epoch\". Did you mean \"epochs\"? Known: name, question, workload,*")]
    [InlineData("\nworkload: mnist-mpl\nseeds: [0]",
        "study.yaml, line 2: There is no workload \"mnist-mpl\". Did you mean \"mnist-mlp\"? Known: *")]
    [InlineData("seeds: [0]", "study.yaml: a study needs the key \"workload\".")]
    [InlineData("- adam", "study.yaml: a study is keys with values; see \"descent list presets\" for examples.")]
    [InlineData("", "study.yaml: a study is keys with values; see \"descent list presets\" for examples.")]
    [InlineData("seeds: [0]\nseeds: [1]", "study.yaml, line 2: \"seeds\" stands twice, first in line 1.")]
    [InlineData("seeds: [0\nworkload: x", "study.yaml, line 1: not valid YAML: a bracket or a quote is not closed.")]
    [InlineData("name: a\nseeds: [0, 1", "study.yaml, line 3: not valid YAML: *")]
    [InlineData("name: a\n  seeds: 0", "study.yaml, line 2: not valid YAML: *")]
    [InlineData("seeds: &a [0]", "study.yaml, line 1: anchors and aliases (& and *) are not read; write the value out.")]
    [InlineData("seeds: !!int 0", "study.yaml, line 1: tags (!) are not read; write the plain value.")]
    [InlineData("seeds: 0\n---\nseeds: 1", "study.yaml, line 2: a file holds one YAML document, and here begins a second one.")]
    public void AFileThatIsNoStudyIsRefused(string text, string message) => Matches(message, StudyText.Mistake(text));

    [Theory]
    [InlineData("epochs: ten", "epochs must be a whole number of at least 1, got ten.")]
    [InlineData("epochs: 2.5", "epochs must be a whole number of at least 1, got 2.5.")]
    [InlineData("epochs: 0", "epochs must be a whole number of at least 1, got 0.")]
    [InlineData("epochs: \"3\"", "epochs must be a whole number of at least 1, got the text \"3\".")]
    [InlineData("epochs: 3000000000", "epochs must be at most 2147483647, got 3000000000.")]
    [InlineData("epochs: [[3]]", "epochs must be a whole number of at least 1, got a list.")]
    [InlineData("batch_size: -1", "batch_size must be a whole number of at least 1, got -1.")]
    [InlineData("physical_batch: 0", "physical_batch must be a whole number of at least 1, got 0.")]
    [InlineData("validation: -1", "validation must be a whole number of at least 0, got -1.")]
    [InlineData("clip_norm: 0", "clip_norm must be positive, got 0.")]
    [InlineData("clip_norm: .inf", "clip_norm must be a number, got .inf.")]
    [InlineData("target: 97", "target must be a test accuracy in (0, 1], as in 0.97, got 97.")]
    [InlineData("precision: float", "precision \"float\" does not exist. Known: float32, float64.")]
    [InlineData("precision: float46", "precision \"float46\" does not exist. Did you mean \"float64\"? Known: float32, float64.")]
    [InlineData("normalization: pixelstd", "There is no normalization \"pixelstd\". Did you mean \"pixel-std\"? Known: none, unit, half, standard, per-image-std, pixel-std, imagenet, mean-image, mnist, digits.")]
    [InlineData("normalization: [half, pixel-std]", "Normalization pixel-std is for images of 3 channels, these are 8×8×1.")]
    [InlineData("exact: yes", "exact must be true or false, got yes.")]
    [InlineData("augmentation: \"false\"", "augmentation must be true or false, got the text \"false\".")]
    [InlineData("order: shufled", "order \"shufled\" does not exist. Did you mean \"shuffled\"? Known: shuffled, file, replacement.")]
    [InlineData("split_seed: -1", "split_seed must be a whole number from 0 to 18446744073709551615, got -1.")]
    [InlineData("name: ../x", "a study's name is letters, digits, \"-\", \"_\" and \".\", at most 100, got \"../x\".")]
    [InlineData("name:", "name must be a text, got nothing.")]
    [InlineData("batch_size: 0%", "batch_size must be a count, or a percentage of the training part above 0 and at most 100 (20%), got 0%.")]
    [InlineData("batch_size: ten%", "batch_size must be a count, or a percentage of the training part above 0 and at most 100 (20%), got ten%.")]
    [InlineData("batch_size: [16, -3]", "batch_size must be a whole number of at least 1, got -3.")]
    [InlineData("batch_size: [16, 16]", "batch_size must list one value or more, none twice.")]
    [InlineData("batch_size: []", "batch_size must list one value or more, none twice.")]
    [InlineData("batch_size: { from: 16, to: 64 }", "batch_size is a range without \"points\", which only a search draws from.")]
    [InlineData("batch_size: 3000000000", "batch_size must be at most 2147483647, got 3000000000.")]
    [InlineData("evaluate: 1000", "evaluate must be keys with values, got 1000.")]
    [InlineData("evaluate: { trian: 5 }", "evaluate has no key \"trian\". Did you mean \"train\"? Known: train, validation, test, every, parameters.")]
    [InlineData("evaluate: { every: 0 }", "evaluate: every must be a whole number of at least 1, got 0.")]
    [InlineData("search: sobel", "There is no search \"sobel\".* Known: halton, sobol, random, grid.")]
    [InlineData("search: halton", "search needs a number of trials for each optimizer, as in search: { method: halton, trials: 16 }.")]
    [InlineData("search: { method: grid, trials: 3 }", "a grid has as many trials as its lists make, so it takes no number of trials.")]
    [InlineData("search: { method: random, trials: 2 }", "adam: search asks for 2 different settings, but the values make only 1.")]
    [InlineData("search: { method: random, trails: 2 }", "search has no key \"trails\". Did you mean \"trials\"? Known: method, trials.")]
    [InlineData("init_missing: ignore", "init_missing \"ignore\" does not exist.* Known: refuse, scratch.")]
    [InlineData("initialization: hee", "There is no initialization \"hee\". Did you mean \"he\"? Known: *")]
    [InlineData("initialization: { he: { fan: sideways } }", "initialization he: fan must be one of in, out, average, got sideways.")]
    [InlineData("model: { hiden: 3 }", "digits-mlp has no model option \"hiden\". Did you mean \"hidden\"? Known: hidden, activation.")]
    [InlineData("model: { hidden: [0] }", "digits-mlp: model.hidden must be a list of *, got [0].")]
    [InlineData("data: test:0-5", "data must be a part of train (as in train:0-1999), which is what trials train on, got test:0-5.")]
    [InlineData("data: train:5-0", "\"train:5-0\": the range ends at 0, before its first index 5.")]
    [InlineData("checkpoints: [0]", "checkpoints must be a whole number of at least 1, got 0.")]
    [InlineData("checkpoints: [5, 5]", "checkpoints must list epochs, none twice.")]
    [InlineData("final_checkpoint: kep", "final_checkpoint \"kep\" does not exist. Did you mean \"keep\"? Known: keep, state, delete.")]
    [InlineData("trials: 2", "trials says 2, but the study has 1: 1 settings × 1 seeds.")]
    public void AWrongValueIsRefusedAtItsLine(string line, string message) =>
        Matches($"study.yaml, line 5: {message}", StudyText.Mistake($"{StudyText.Smallest}\n{line}"));

    [Theory]
    [InlineData("- admw", "admw is not an optimizer. Did you mean \"adamw\"? Known: *")]
    [InlineData("- adam: { learing_rate: 1 }",
        "adam has no hyperparameter \"learing_rate\". Did you mean \"learning_rate\"? Known: learning_rate, beta1, *")]
    [InlineData("- adam: { beta1: 1.2 }", "adam: beta1 must lie in [0, 1), got 1.2.")]
    [InlineData("- adam: { beta1: high }", "adam: beta1 must be a number, got high.")]
    [InlineData("- sgd: { nesterov: 1 }", "sgd: nesterov must be true or false, got 1.")]
    [InlineData("- sgd: { nesterov: true }", "sgd: nesterov *")]
    [InlineData("- adam: { learning_rate: [] }", "adam: learning_rate must list one value or more, none twice.")]
    [InlineData("- adam: { learning_rate: [1, 1.0] }", "adam: learning_rate must list one value or more, none twice.")]
    [InlineData("- adam: { learning_rate: { from: 1, to: 2 } }",
        "adam: learning_rate is a range without \"points\"; the form is { from: 1e-3, to: 1, points: 4, scale: log }.")]
    [InlineData("- adam: { learning_rate: { from: 0, to: 2, points: 3, scale: log } }",
        "adam: learning_rate must go from a smaller to a larger positive number, got 0 to 2.")]
    [InlineData("- adam: { learning_rate: { from: 1, to: 2, points: 3, scal: log } }",
        "A range has no key \"scal\". Did you mean \"scale\"? Known: from, to, points, scale.")]
    [InlineData("- adam: { learning_rate: { from: 1, to: 2, points: 1000000 } }",
        "adam: learning_rate must have at most 10000 points, got 1000000.")]
    [InlineData("- adam: { learning_rate: 1 }\n    sgd: {}",
        "an optimizer's entry is its name, or its name with hyperparameters (adam: { learning_rate: 1e-3 }), got \"adam\" and \"sgd\".")]
    [InlineData("- adam: fast", "adam must be keys with values, got fast.")]
    [InlineData("- [adam]",
        "an optimizer's entry is its name, or its name with hyperparameters (adam: { learning_rate: 1e-3 }), got a list.")]
    public void AWrongOptimizerIsRefusedAtItsLine(string entry, string message) => Matches(
        $"study.yaml, line 4: {message}", StudyText.Mistake($"workload: digits-mlp\nseeds: [0]\noptimizers:\n  {entry}"));

    [Fact]
    public void MistakesOfTheWholeAreRefused()
    {
        Matches("study.yaml, line 5: a study has a budget of epochs or of steps, not both.",
            StudyText.Mistake($"{StudyText.Smallest}\nepochs: 1\nsteps: 2"));
        Matches("study.yaml, line 2: seeds must list one seed or more, none twice.",
            StudyText.Mistake(StudyText.Smallest.Replace("[0]", "[1, 2, 1]", StringComparison.Ordinal)));
        Matches("study.yaml, line 5: the label \"adam\" stands for adam already, not for sgd.",
            StudyText.Mistake($"{StudyText.Smallest}\n  - sgd:\n    label: adam"));
        Matches("study.yaml, line 4: Study study lists the same trial twice: adam seed 0 and adam learning_rate=0.001 seed 0.",
            StudyText.Mistake($"{StudyText.Smallest}\n  - adam: {{ learning_rate: 1e-3 }}"));
        const string Rates = "{ from: 1, to: 2, points: 10000 }";
        Matches("study.yaml, line 4: Study study must have at most 100000 trials, got 100010.", StudyText.Mistake(
            $"workload: digits-mlp\nseeds: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]\noptimizers:\n  - adam\n  - sgd: {{ learning_rate: {Rates} }}"));
        Matches("study.yaml, line 4: sgd must have at most 100000 settings, got 100000000.", StudyText.Mistake(
            $"workload: digits-mlp\nseeds: [0]\noptimizers:\n  - sgd: {{ learning_rate: {Rates}, weight_decay: {Rates} }}"));
    }

    [Theory]
    [InlineData("epochs", "--set epochs: the form is key=value, as in optimizer.learning_rate=0.1.")]
    [InlineData("epoch=3", "--set epoch=3: A study has no key \"epoch\". Did you mean \"epochs\"? Known: *")]
    [InlineData("epochs=three", "--set epochs=three: epochs must be a whole number of at least 1, got three.")]
    [InlineData("optimizer.beta3=0", "--set optimizer.beta3=0: adam has no hyperparameter \"beta3\". Did you mean \"beta1\"? Known: *")]
    [InlineData("optimizer.adm.beta1=0", "--set optimizer.adm.beta1=0: the study labels no optimizer so. Labels: adam.")]
    [InlineData("seeds.first=0", "--set seeds.first=0: \"seeds.first\" is not a key of a study.")]
    [InlineData("model.hidden=[3", "--set model.hidden=[3: not valid YAML: *")]
    public void AWrongOverrideIsRefusedByItsFlag(string set, string message) =>
        Matches(message, StudyText.Mistake(StudyText.Smallest, set));

    [Fact]
    public void EndlessNestingIsRefusedBeforeItFillsTheStack() => Matches(
        "study.yaml, line 1: values are nested deeper than 64.", StudyText.Mistake($"seeds: {new string('[', 100_000)}"));

    /// <summary>A star at the end, or once within, stands for any text.</summary>
    internal static void Matches(string pattern, string message)
    {
        string[] parts = pattern.Contains("& and *", StringComparison.Ordinal) ? [pattern] : pattern.Split('*');
        Assert.StartsWith(parts[0], message, StringComparison.Ordinal);
        Assert.EndsWith(parts.Length == 1 ? pattern : parts[^1], message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }
}
