using System.Globalization;
using System.Text;
using System.Text.Json;
using Descent.Studies.Results;
using Descent.Studies.Storage;
using Descent.Tests.Studies.Running;

namespace Descent.Tests.Studies.Results;

public sealed class ExportTests : IDisposable
{
    readonly RunnerFixture fixture = new("seeds=0,1", "name=study", "epochs=1", "optimizer.learning_rate=[0.1,0.2]");

    public ExportTests() => _ = fixture.Run(new FakeTrainings { DivergesAt = trial => trial.Seed == 1 ? 3 : null });

    StoredStudy Study => fixture.Store.Study("study")!;

    public void Dispose() => fixture.Dispose();

    [Fact]
    public void CsvHasARowAStepWithTheEvaluationsInTheirPlace()
    {
        string[] lines = Csv().Split('\n');

        Assert.Equal("study,trial,label,optimizer,learning_rate,seed,state,step,epoch,batch_loss,gradient_norm,clipped_gradient_norm,step_learning_rate,"
            + "train_loss,train_accuracy,validation_loss,validation_accuracy,test_loss,test_accuracy,seconds", lines[0]);
        Assert.Equal(1 + (2 * 11) + (2 * 4) + 1, lines.Length);
        string start = $"study,{fixture.Trials[0].Id},adam,adam,0.1,0,complete";
        Assert.Equal($"{start},0,0,,,,,0,0.5,,,0,0.75,0", lines[1]);
        Assert.StartsWith($"{start},1,0.1,{Math.Cos(1).ToString("R", CultureInfo.InvariantCulture)},", lines[2], StringComparison.Ordinal);
        Assert.EndsWith(",0.1,,,,,,,", lines[2], StringComparison.Ordinal);
        Assert.StartsWith($"{start},10,1,", lines[11], StringComparison.Ordinal);
        Assert.EndsWith(",0.75,0", lines[11], StringComparison.Ordinal);
        Assert.EndsWith(",1,diverged,3,0.3,NaN,NaN,NaN,0.1,,,,,,,", lines[26], StringComparison.Ordinal);
        Assert.Equal("", lines[^1]);
        Assert.All(lines[..^1], line => Assert.Equal(19, line.Count(letter => letter == ',')));
    }

    [Fact]
    public void CsvNumbersReadBackToTheBit()
    {
        var loss = fixture.Store.Steps(fixture.Trials[0].Id).Loss.ToArray();
        var rows = Csv().Split('\n').Skip(2).Take(10).Select(line => double.Parse(line.Split(',')[9], CultureInfo.InvariantCulture));

        Assert.Equal(loss, rows);
    }

    /// <summary>The fake's learning rate at a step is 1 / its loss, its clipped norm half its loss.</summary>
    [Fact]
    public void AScheduledLearningRateAndAClippedNormAreThoseOfEachStep()
    {
        using var other = new RunnerFixture("schedule={name: cosine, warmup: 0.25}", "clip=value", "non_finite=skip");
        _ = other.Run(new FakeTrainings());
        double[] loss = other.Store.Steps(other.Trials[0].Id).Loss.ToArray(), expected = [.. loss.Select(x => 1 / x)];

        using var text = new StringWriter();
        CsvExport.Write(other.Store, other.Store.Study("study")!, text);
        using var stream = new MemoryStream();
        JsonExport.Write(other.Store, other.Store.Study("study")!, stream);

        var rows = text.ToString().Split('\n').Skip(2).Take(expected.Length).Select(line => line.Split(','));
        Assert.Equal(expected, rows.Select(row => double.Parse(row[^8], CultureInfo.InvariantCulture)));
        using var document = JsonDocument.Parse(Encoding.UTF8.GetString(stream.ToArray()));
        var trial = document.RootElement.GetProperty("trials")[0];
        Assert.Equal(expected, trial.GetProperty("steps").GetProperty("learning_rate").EnumerateArray().Select(value => value.GetDouble()));
        Assert.Equal(loss.Select(x => x / 2), rows.Select(row => double.Parse(row[^9], CultureInfo.InvariantCulture)));
        Assert.Equal(loss.Select(x => x / 2),
            trial.GetProperty("steps").GetProperty("clipped_gradient_norm").EnumerateArray().Select(value => value.GetDouble()));
        Assert.Equal("cosine", trial.GetProperty("settings").GetProperty("schedule").GetProperty("name").GetString());
        Assert.Equal(4, trial.GetProperty("skipped_steps").GetInt64());
    }

    [Fact]
    public void CsvQuotesWhatItMust()
    {
        using var other = new RunnerFixture("optimizers=[{adam: {}, label: 'a \"b\", c'}]");
        _ = other.Run(new FakeTrainings());

        using var text = new StringWriter();
        CsvExport.Write(other.Store, other.Store.Study("study")!, text);

        Assert.Contains(",\"a \"\"b\"\", c\",adam,", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void JsonHasEverythingThatIsStored()
    {
        using var document = JsonDocument.Parse(Json());
        var study = document.RootElement;

        Assert.Equal(("study", 0.95), (study.GetProperty("study").GetString(), study.GetProperty("target").GetDouble()));
        Assert.Equal(4, study.GetProperty("trials").GetArrayLength());
        var first = study.GetProperty("trials")[0];
        Assert.Equal(fixture.Trials[0].Id, first.GetProperty("trial").GetString());
        Assert.Equal(0.1, first.GetProperty("settings").GetProperty("hyperparameters").GetProperty("learning_rate").GetDouble());
        Assert.Equal("0.1", first.GetProperty("named_hyperparameters").GetProperty("learning_rate").GetString());
        Assert.Equal(fixture.Store.Steps(fixture.Trials[0].Id).Loss.ToArray(),
            first.GetProperty("steps").GetProperty("loss").EnumerateArray().Select(value => value.GetDouble()));
        Assert.Equal(Enumerable.Repeat(0.1, 10),
            first.GetProperty("steps").GetProperty("learning_rate").EnumerateArray().Select(value => value.GetDouble()));
        Assert.Equal([0, 10], first.GetProperty("epochs").EnumerateArray().Select(epoch => epoch.GetProperty("step").GetInt64()));
        Assert.Equal(JsonValueKind.Null, first.GetProperty("epochs")[0].GetProperty("validation_loss").ValueKind);
        var diverged = study.GetProperty("trials")[2];
        Assert.Equal(("diverged", 3), (diverged.GetProperty("state").GetString(), diverged.GetProperty("diverged_at_step").GetInt64()));
        Assert.Equal(JsonValueKind.Null, diverged.GetProperty("steps").GetProperty("loss")[2].ValueKind);
    }

    [Fact]
    public void AStudyThatHasNotBegunIsExportedToo()
    {
        using var other = new RunnerFixture();
        other.Store.Save(other.Study, other.Trials);
        using var text = new StringWriter();
        CsvExport.Write(other.Store, other.Store.Study("study")!, text);

        _ = Assert.Single(text.ToString().TrimEnd('\n').Split('\n'));
    }

    string Csv()
    {
        using var text = new StringWriter();
        CsvExport.Write(fixture.Store, Study, text);
        return text.ToString();
    }

    string Json()
    {
        using var stream = new MemoryStream();
        JsonExport.Write(fixture.Store, Study, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
