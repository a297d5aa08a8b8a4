using Descent.App.Live;
using Descent.App.Output;
using Descent.Studies.Running;
using Descent.Tests.Studies.Running;

namespace Descent.Tests.App;

public class StudyLogTests
{
    [Fact]
    public void EveryMinuteSaysHowFarTheStudyAndItsTrialsAre()
    {
        using var fixture = new RunnerFixture("seeds=0,1");
        using var output = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal
        {
            Out = output,
            Error = TextWriter.Null,
            In = TextReader.Null,
            WorkingFolder = "/",
            Variable = _ => null,
            Time = fixture.Time,
        };
        var progress = new RunProgress(fixture.Time);
        var trainings = new FakeTrainings { BeforeStep = (_, _) => fixture.Time.Advance(TimeSpan.FromSeconds(4)) };
        using (new StudyLog(progress, terminal))
        {
            _ = fixture.Run(trainings, progress: progress);
        }

        string[] lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        // 60 steps of 4 seconds; the last minute's end is the end.
        Assert.Equal(8, lines.Length);
        Assert.Equal("after 1 min 0 s: 0 of 2 trials done, 1 in flight, 1 waiting, 3 min 17 s left", lines[0]);
        Assert.Matches(@"^  adam seed 0: epoch 2, loss -?[0-9.]+, test 75.00 %, 8 images/s, 1 min 9 s left$", lines[1]);
        Assert.Equal("after 3 min 0 s: 1 of 2 trials done, 1 in flight, 0 waiting, 1 min 5 s left", lines[4]);
    }
}
