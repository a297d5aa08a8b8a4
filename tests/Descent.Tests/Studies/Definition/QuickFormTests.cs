using Descent.Studies.Definition;

namespace Descent.Tests.Studies.Definition;

public class QuickFormTests
{
    const string Text = $$"""
        {{StudyText.Smallest}}
          - sgd
        question: Which?
        steps: 100
        trials: 2
        quick:
          epochs: 1
          batch_size: [8, 16]
          optimizer.weight_decay: 0.5
        """;

    [Fact]
    public void ItIsAnotherStudyThatSaysWhatWasChanged()
    {
        var quick = StudyFile.Parse(Text, "mine.yaml", form: StudyForm.Quick);

        Assert.Equal("mine-quick", quick.Name);
        Assert.Equal("Which? (Quick form, not the study itself: epochs 1, batch_size [8, 16], optimizer.weight_decay 0.5.)", quick.Question);
        Assert.Equal((1, null), (quick.Epochs, quick.Steps));
        Assert.Equal(["adam weight_decay=0.5 batch_size=8 seed 0", "adam weight_decay=0.5 batch_size=16 seed 0", "sgd weight_decay=0.5 batch_size=8 seed 0",
            "sgd weight_decay=0.5 batch_size=16 seed 0"], quick.Expand().Select(x => x.Describe()));
    }

    [Fact]
    public void TheStudyItselfDoesNotKnowIt()
    {
        var full = StudyFile.Parse(Text, "mine.yaml");

        Assert.Equal(("mine", "Which?", 100L, 2), (full.Name, full.Question, full.Steps, full.Expand().Count));
    }

    [Fact]
    public void WhatTheCommandLineSaysGoesBeforeIt() =>
        Assert.Equal(3, StudyFile.Parse(Text, "mine.yaml", [new("epochs", "3", "--epochs 3")], form: StudyForm.Quick).Epochs);

    [Fact]
    public void MistakesAreSaidWhereTheyStand()
    {
        Assert.Equal("mine.yaml, line 10: epochs must be a whole number of at least 1, got none.", Mistake(Text.Replace("epochs: 1", "epochs: none", StringComparison.Ordinal)));
        Assert.StartsWith("mine.yaml, line 10: A study has no key \"epoch\".", Mistake(Text.Replace("epochs: 1", "epoch: 1", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal("mine.yaml: the study has no quick form: it needs a section like quick: { epochs: 1, seeds: [0] }.", Mistake(StudyText.Smallest));
    }

    static string Mistake(string text) => Assert.Throws<BadInputException>(() => StudyFile.Parse(text, "mine.yaml", form: StudyForm.Quick)).Message;
}
