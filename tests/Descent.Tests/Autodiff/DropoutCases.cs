using Descent.Tensors;

namespace Descent.Tests.Autodiff;

/// <summary>Rows of the op catalog for dropout, held against the words of its random stream.</summary>
static class DropoutCases
{
    static readonly StepPosition Position = new(seed: 0x1234567890ABCDEF) { Step = 77, FirstImage = 3 };

    public static OpCase[] Rows { get; } = [Row([5, 7], 0.5, 0), Row([130, 257], 0.2, 3), Row([2, 3, 5, 9], 0.9, 65_535), Row([40], 0, 1)];

    static OpCase Row(int[] shape, double probability, int layer) =>
        new("dropout", [shape], x => Drop(x[0], probability, layer, shape[0]), probability, Position, layer);

    static double[] Drop(double[] x, double probability, int layer, int images)
    {
        var stream = new RandomStream(Position.Seed, StreamPurpose.Dropout, ((ulong)layer << 48) | (ulong)Position.Step);
        for (int i = 0; i < Position.FirstImage * (x.Length / images); i++)
        {
            _ = stream.NextUInt32();
        }

        return [.. x.Select(value => stream.NextUInt32() >= probability * 4294967296.0 ? value / (1 - probability) : 0)];
    }
}
