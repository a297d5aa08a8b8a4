namespace Descent.Tensors.Kernels;

/// <summary>Householder's reflections H = I − v·vᵀ with vᵀ·v = 2, or v = 0 for none. Rows are padded to whole vectors, and v is zero outside its part.</summary>
static unsafe class Reflection<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A row's length in memory.</summary>
    public static int Padded(int size) => (size + V.Count - 1) / V.Count * V.Count;

    /// <summary>Turns the row x into the v that maps its elements from <paramref name="start"/> on to (α, 0, …, 0), and returns α.</summary>
    public static double Make(T* row, int start, int size)
    {
        new Span<T>(row, start).Clear();
        // By the largest element, whose square might underflow.
        double head = double.CreateTruncating(row[start]), largest = Largest(row, start + 1, size), unit = Math.Max(Math.Abs(head), largest), rest = 0;
        if (largest == 0)
        {
            row[start] = double.IsNaN(head) ? row[start] : T.Zero;
            return head;
        }

        for (int i = start + 1; i < size; i++)
        {
            double value = double.CreateTruncating(row[i]) / unit;
            rest += value * value;
        }

        // The sign that cannot cancel.
        double first = head / unit, norm = Math.Sqrt((first * first) + rest), image = first > 0 ? -norm : norm;
        double scale = 1 / Math.Sqrt(norm * (norm + Math.Abs(first))), alpha = unit * image;
        row[start] = T.CreateTruncating((first - image) * scale);
        for (int i = start + 1; i < size; i++)
        {
            row[i] = T.CreateTruncating(double.CreateTruncating(row[i]) / unit * scale);
        }

        return alpha;
    }

    static double Largest(T* row, int start, int size) =>
        start < size ? Math.Abs(double.CreateTruncating(TensorPrimitives.MaxMagnitude<T>(new ReadOnlySpan<T>(row + start, size - start)))) : 0;

    /// <summary>row = H·row, for a v that is zero before <paramref name="from"/>.</summary>
    public static void Apply(T* row, T* v, int from, int padded)
    {
        int first = from / V.Count * V.Count;
        V sum = V.Broadcast(T.Zero);
        for (int i = first; i < padded; i += V.Count)
        {
            sum = V.FusedMultiplyAdd(V.Load(row + i), V.Load(v + i), sum);
        }

        V factor = V.Broadcast(-Total(sum));
        for (int i = first; i < padded; i += V.Count)
        {
            V.Store(V.FusedMultiplyAdd(factor, V.Load(v + i), V.Load(row + i)), row + i);
        }
    }

    /// <summary>The sum of the lanes.</summary>
    public static T Total(V lanes)
    {
        T* parts = stackalloc T[V.Count];
        V.Store(lanes, parts);
        T sum = T.Zero;
        for (int i = 0; i < V.Count; i++)
        {
            sum += parts[i];
        }

        return sum;
    }
}
