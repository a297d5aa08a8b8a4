namespace Descent.Tensors.Kernels;

/// <summary>Batch normalization in training: the normalization of x by the mean and the biased variance of each channel of x itself.</summary>
sealed class BatchNormalization<T, TForm> where T : unmanaged, IBinaryFloatingPointIeee754<T> where TForm : struct, INormalizationForm<T>
{
    readonly ChannelMoments<T> moments;
    readonly Tensor<T> bias;
    readonly double epsilon;

    public BatchNormalization(Arena arena, Tensor<T> x, Tensor<T>? addend, Tensor<T> weight, Tensor<T> bias, double epsilon, Tensor<T> y)
    {
        (Weight, this.bias, this.epsilon) = (weight, bias, epsilon);
        moments = new ChannelMoments<T>(arena, x);
        Normalization = new Normalization<T, TForm>(arena, x, addend, y);
    }

    public Normalization<T, TForm> Normalization { get; }

    public Tensor<T> Weight { get; }

    public void Record(IRecorder recorder)
    {
        moments.Record(recorder);
        recorder.Run(new Work(1, Fit));
        recorder.Run(Normalization.Apply);
    }

    /// <summary>running ← (1 − m)·running + m·batch, with the batch's unbiased variance, where the position lets them move.</summary>
    public Work Move(RunningStatistics<T> running) => new(1, _ =>
    {
        if (!running.Position.MovesStatistics)
        {
            return;
        }

        double m = running.Momentum;
        for (int c = 0; c < Weight.Count; c++)
        {
            running.Mean.Span[c] = Mix(running.Mean.Span[c], moments.Mean(c));
            running.Variance.Span[c] = Mix(running.Variance.Span[c], moments.SquaredDeviations(c) / (moments.Count - 1));
        }

        T Mix(T before, double batch) => T.CreateTruncating(((1 - m) * double.CreateTruncating(before)) + (m * batch));
    });

    void Fit(int _)
    {
        for (int c = 0; c < Weight.Count; c++)
        {
            Normalization.Set(c, moments.Mean(c), moments.SquaredDeviations(c) / moments.Count, epsilon, Weight.Span[c], bias.Span[c]);
        }
    }
}
