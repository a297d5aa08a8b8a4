using Descent.Studies.Pictures.Classes;
using Descent.Studies.Pictures.Comparing;
using Descent.Studies.Pictures.Curves;
using Descent.Studies.Pictures.Effects;
using Descent.Studies.Pictures.Gauges;

namespace Descent.Studies.Pictures;

/// <summary>The pictures of studies that Descent knows by name.</summary>
public static class PictureCatalog
{
    public static IReadOnlyList<IPicture> All { get; } =
    [
        new TrainingCurves(), new LossAndAccuracy(), new LossAccuracyAndNorms(), new TrainAgainstHeldOut(), new SeedBands(), new GradientNorms(),
        new GradientNormPanels(), new OverGradients(), new FinalAccuracy(), new CheckpointBars(), new TimeAgainstAccuracy(), new HyperparameterEffects(),
        new LearningRateSensitivity(), new HeatMap(), new BatchSizeEffect(), new ClassAccuracy(), new ConfusionMatrix(),
        new PairedDifferences(), new TimeToTargetCurves(), new PerformanceProfiles(), new BestAfterK(), new Sensitivity(),
        new SharpnessCurves(), new LayerGradients(), new DeadUnits(),
    ];

    /// <summary>The picture of a name.</summary>
    /// <exception cref="BadInputException">There is none; the message suggests the nearest name.</exception>
    public static IPicture Find(string name) => All.FirstOrDefault(picture => picture.Name == name)
        ?? throw new BadInputException($"There is no picture \"{name}\".{NearestName.Hint(name, All.Select(picture => picture.Name).Append(ImageGrid.Name))}");
}
