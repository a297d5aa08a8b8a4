using Descent.Tensors;

namespace Descent.Data;

/// <summary>Deals the images of a part out in batches, epoch after epoch; every image comes once an epoch.</summary>
/// <remarks>The order of an epoch is a shuffle of the part in file order by the stream (seed, order, epoch), so any epoch can be
/// started without the ones before it. The last batch of an epoch has what is left. Not for several threads.</remarks>
public sealed class BatchOrder
{
    readonly int[] inFileOrder;
    readonly int[] order;
    readonly ulong? seed;

    BatchOrder(DataPart part, int batchSize, ulong? seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        inFileOrder = part.Indices.ToArray();
        order = part.Indices.ToArray();
        BatchSize = batchSize;
        this.seed = seed;
        Start(epoch: 0);
    }

    public int BatchSize { get; }

    /// <summary>Batches an epoch, the last partial one counted.</summary>
    public int BatchCount => (int)(((long)order.Length + BatchSize - 1) / BatchSize);

    /// <summary>The epoch being dealt, from 0.</summary>
    public int Epoch { get; private set; }

    /// <summary>The batches of the epoch that were dealt.</summary>
    public int Batch { get; private set; }

    /// <summary>A new order each epoch, drawn from the trial's seed.</summary>
    public static BatchOrder Shuffled(DataPart part, int batchSize, ulong seed) => new(part, batchSize, seed);

    /// <summary>File order in every epoch.</summary>
    public static BatchOrder InFileOrder(DataPart part, int batchSize) => new(part, batchSize, null);

    /// <summary>Goes to a batch of an epoch, the first one unless said otherwise; a stopped training goes on with it.</summary>
    public void Start(int epoch, int batch = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(batch);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(batch, BatchCount);
        inFileOrder.CopyTo(order, 0);
        if (seed is { } key)
        {
            new RandomStream(key, StreamPurpose.Order, (ulong)epoch).Shuffle(order);
        }

        Epoch = epoch;
        Batch = batch;
    }

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
