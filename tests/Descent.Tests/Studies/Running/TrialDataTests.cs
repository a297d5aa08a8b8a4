using Descent.Data;
using Descent.Studies.Running;
using Descent.Tests.Studies.Definition;
using Descent.Workloads;

namespace Descent.Tests.Studies.Running;

public class TrialDataTests
{
    /// <summary>Data are shared by the trials of a study, and with them what is fitted to them.</summary>
    [Fact]
    public void EachTrialHasTheNormalizationThatItSays()
    {
        var trainings = new WorkloadTrainings(new("unused"), TimeProvider.System) { Read = set => GeneratedData.Like(DataCatalog.Find(set), train: 20, test: 10) };
        var study = StudyText.Parse(StudyText.Smallest, "workload=cifar10-resnet18", "normalization=[pixel-std, per-image-std, mean-image, half]");
        var told = study.Expand().Select(trial => trainings.Data(trial.Settings).Normalization).ToList();

        Assert.Same(WorkloadCatalog.Find("cifar10-resnet18").Normalization, told[1]);
        Assert.Equal(["pixel-std", "per-image-std", "mean-image", "half"], told.Select(one => one.Name));
        Assert.Equal(((77 / 255.0) - 0.4465) / 0.2616, told[0].Value(77, channel: 2), 14);
        Assert.All(told, one => Assert.True(one.IsFitted));
    }
}
