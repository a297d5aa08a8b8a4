using Descent.Tensors;

namespace Descent.Data;

/// <summary>Deals the images of a part out in batches, epoch after epoch; every image comes once an epoch, unless they are drawn with
/// replacement.</summary>
/// <remarks>The order of an epoch is a shuffle of the part in file order by the stream (seed, order, epoch), and draws with replacement come
/// from the same stream, so any epoch can be started without the ones before it. The last batch of an epoch has what is left. Not for several
/// threads.</remarks>
public sealed class BatchOrder
{
    readonly int[] inFileOrder;
    readonly int[] order;
    readonly ImageOrder kind;
    readonly ulong seed;

    BatchOrder(DataPart part, int batchSize, ImageOrder kind, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        (BatchSize, this.kind, this.seed) = (batchSize, kind, seed);
        inFileOrder = part.Indices.ToArray();
        order = new int[kind == ImageOrder.Replacement && part.Count > 0 ? CountBatches(kind, part.Count, batchSize) * batchSize : part.Count];
        Start(epoch: 0);
    }

    public int BatchSize { get; }

    /// <summary>Batches an epoch, the last partial one counted.</summary>
    public int BatchCount => (int)CountBatches(ImageOrder.Shuffled, order.Length, BatchSize);

    /// <summary>The epoch being dealt, from 0.</summary>
    public int Epoch { get; private set; }

    /// <summary>The batches of the epoch that were dealt.</summary>
    public int Batch { get; private set; }

    /// <summary>A new order each epoch, drawn from the trial's seed.</summary>
    public static BatchOrder Shuffled(DataPart part, int batchSize, ulong seed) => new(part, batchSize, ImageOrder.Shuffled, seed);

    /// <summary>File order in every epoch.</summary>
    public static BatchOrder InFileOrder(DataPart part, int batchSize) => new(part, batchSize, ImageOrder.File, 0);

    /// <summary>Whole batches of images drawn with replacement, from the trial's seed.</summary>
    public static BatchOrder WithReplacement(DataPart part, int batchSize, ulong seed) => new(part, batchSize, ImageOrder.Replacement, seed);

    /// <summary>One of them.</summary>
    public static BatchOrder Of(ImageOrder kind, DataPart part, int batchSize, ulong seed) => new(part, batchSize, kind, seed);

    /// <summary>Batches an epoch.</summary>
    public static long CountBatches(ImageOrder kind, long images, long batchSize) =>
        kind == ImageOrder.Replacement ? Math.Max(1, images / batchSize) : (images + batchSize - 1) / batchSize;

    /// <summary>Goes to a batch of an epoch, the first one unless said otherwise; a stopped training goes on with it.</summary>
    public void Start(int epoch, int batch = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(batch);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(batch, BatchCount);
        var stream = new RandomStream(seed, StreamPurpose.Order, (ulong)epoch);
        if (kind == ImageOrder.Replacement)
        {
            for (int i = 0; i < order.Length; i++)
            {
                order[i] = inFileOrder[stream.NextInt32(inFileOrder.Length)];
            }
        }
        else
        {
            inFileOrder.CopyTo(order, 0);
        }

        if (kind == ImageOrder.Shuffled)
        {
            stream.Shuffle(order);
        }

        Epoch = epoch;
        Batch = batch;
    }

    /// <summary>Images in a batch of an epoch: <see cref="BatchSize"/>, fewer in the last one.</summary>
    /// <param name="batch">From 0.</param>
    public int CountImages(int batch) => (int)Math.Clamp(order.Length - ((long)batch * BatchSize), 0, BatchSize);

    /// <summary>Writes the next batch's indices into the images of the part, and returns how many: <see cref="BatchSize"/>, fewer in an epoch's last
    /// batch, 0 when the epoch is over. Allocates nothing.</summary>
    /// <param name="destination">At least <see cref="BatchSize"/> long.</param>
    public int NextBatch(Span<int> destination)
    {
        int begin = (int)Math.Min((long)Batch * BatchSize, order.Length);
        var batch = order.AsSpan(begin, Math.Min(BatchSize, order.Length - begin));
        batch.CopyTo(destination);
        Batch += batch.IsEmpty ? 0 : 1;
        return batch.Length;
    }
}
