using System.Text.Json;
using Descent.Data;
using Descent.Studies.Definition;
using Descent.Studies.Running;
using Descent.Tensors.Kernels;
using Descent.Tests.Training;

namespace Descent.Tests.Workloads.Own;

/// <summary>Users' own problems beside PyTorch's training on the same files from the same weights (Golden/generate.py), in float64: eight steps of momentum, then loss and metric
/// over all data.</summary>
public class TrainingGoldenTests
{
    static readonly string golden = Path.Combine(AppContext.BaseDirectory, "Workloads", "Own", "Golden");

    const string Mlp = "layers: [ linear: 16, tanh, linear: ";

    [Theory]
    [InlineData("number", 0.05, "{ data: table.csv, test: table.csv, label: value, ignore: [same_sign], loss: squared_error, " + Mlp + "1 ] }")]
    [InlineData("class", 0.1, "{ data: table.csv, test: table.csv, ignore: [value], " + Mlp + "2 ] }")]
    [InlineData("class-squared", 0.1, "{ data: table.csv, test: table.csv, ignore: [value], targets: classes, loss: squared_error, " + Mlp + "2 ] }")]
    [InlineData("residual", 0.05, """
        {
          data: images.npz, test: images.npz,
          layers: [ conv: { filters: 4, bias: false }, batch_norm, relu, residual: [ conv: 4, gelu ],
            residual: { layers: [ conv: { filters: 6, stride: 2 }, batch_norm ], shortcut: [ conv: { filters: 6, kernel: 1, stride: 2 } ] },
            max_pool: 2, flatten, linear: 3 ]
        }
        """)]
    public void EightStepsAreThoseOfPyTorch(string name, double rate, string workload)
    {
        var expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(golden, "trainings.json"))).RootElement.GetProperty(name);
        var study = StudyFile.Parse($$"""
            name: golden
            workload: {{workload}}
            init: {{name}}.npz
            batch_size: {{(name == "residual" ? 12 : 20)}}
            steps: 8
            order: file
            precision: float64
            exact: true
            seeds: [0]
            optimizers:
              - sgd: { learning_rate: {{rate}}, momentum: 0.9 }
            """, Path.Combine(golden, "study.yaml"));
        using var pool = new WorkerPool(1);
        using var executor = pool.CreateExecutor();
        using var run = new WorkloadTrainings(new DataFolder("unused"), TimeProvider.System).Create(study.Expand()[0].Settings, executor);
        var told = new RecordingObserver(_ => false);
        _ = run.Run(told, TestContext.Current.CancellationToken);

        Assert.All(expected.GetProperty("losses").EnumerateArray().Zip(told.Steps), x => Assert.Equal(x.First.GetDouble(), x.Second.Loss, 1e-9));
        Assert.Equal(8, told.Steps.Count);
        Assert.Equal(expected.GetProperty("loss").GetDouble(), told.Epochs[^1].TestLoss, 1e-9);
        Assert.Equal(expected.GetProperty("metric").GetDouble(), told.Epochs[^1].TestAccuracy, 1e-9);
    }
}
