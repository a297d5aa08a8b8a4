namespace Descent.Analysis;

/// <summary>What a pass gives, gathered batch by batch.</summary>
sealed class GatheredActivation<T>(ActivationPass<T> pass) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly bool[] isAlive = new bool[pass.Units];
    readonly Histogram values = GradientFlowRun.Activations();
    double sum, squares;
    long count, zeros;

    public void Take()
    {
        var span = pass.Output.Span;
        for (int i = 0; i < span.Length; i++)
        {
            double value = double.CreateTruncating(span[i]);
            sum += value;
            squares += value * value;
            values.Add(value);
            if (value == 0)
            {
                zeros++;
            }
            else
            {
                isAlive[i % isAlive.Length] = true;
            }
        }

        count += span.Length;
    }

    public ActivationFlow Told()
    {
        double mean = sum / count;
        double? dead = pass.IsRelu ? isAlive.Count(x => !x) / (double)isAlive.Length : null;
        return new(pass.Layer.Name, pass.Kind, mean, Math.Sqrt(Math.Max(0, (squares / count) - (mean * mean))), (double)zeros / count, dead, values);
    }
}
