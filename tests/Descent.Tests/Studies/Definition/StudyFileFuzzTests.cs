using Descent.Studies.Definition;
using FsCheck;
using FsCheck.Fluent;

namespace Descent.Tests.Studies.Definition;

public class StudyFileFuzzTests
{
    static readonly string[] pieces =
    [
        "workload: digits-mlp\n", "seeds: [0]\n", "optimizers:\n", "  - adam\n", "  - sgd: {learning_rate: 1e-2}\n", "epochs: 3\n",
        "[", "]", "{", "}", ":", ": ", "- ", "\n", "  ", "\"", "'", "&a", "*a",
        "!t", "#", "|\n", ">\n", "---\n", "...", "?", "%", "\t", "\0", "é", "\\", ",", "0", "x", "~", "@", "`",
    ];

    [Fact]
    public void AnyTextIsAStudyOrABadInputWithItsPlace() => Prop.ForAll(
        Gen.Elements(pieces).ListOf().Select(string.Concat).ToArbitrary(),
        text =>
        {
            try
            {
                return StudyFile.Parse(text, "study.yaml").Expand().Count > 0;
            }
            catch (BadInputException exception)
            {
                return exception.Message.StartsWith("study.yaml", StringComparison.Ordinal) && !exception.Message.Contains('\n');
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
}
