namespace Descent.Optimizers;

/// <summary>A parameter of <see cref="Adafactor"/>, in bands that run side by side: how its second moment is kept.</summary>
interface IAdafactorPart<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    StepParameter<T> Parameter { get; }

    int Bands { get; }

    /// <summary>The elements of a band.</summary>
    (int Start, int Count) Band(int band);

    /// <summary>Takes a band's gradient in.</summary>
    void Gather(int band, AdafactorMoment moment);

    /// <summary>What is to be done between <see cref="Gather"/> of all bands and <see cref="Update"/>.</summary>
    void Factor(AdafactorMoment moment);

    /// <summary>The gradient divided by the root of the second moment, times a factor, for the elements from <paramref name="start"/> on.</summary>
    void Update(int start, Span<T> update, double factor);
}

/// <summary>How a step takes the gradient into the second moment.</summary>
/// <param name="Beta">β, the kept fraction.</param>
/// <param name="Scale">What the gradient is multiplied by first.</param>
/// <param name="Epsilon">ε₁, added to the squares.</param>
readonly record struct AdafactorMoment(double Beta, double Scale, double Epsilon);
