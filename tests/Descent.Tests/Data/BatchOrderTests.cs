using Descent.Data;

namespace Descent.Tests.Data;

public class BatchOrderTests
{
    static readonly DataPart Part = DataSplit.Draw(DataCatalog.Find("digits").Load(new DataFolder("/nowhere")), 0).Train;

    [Fact]
    public void EveryImageComesOnceAnEpochInANewOrder()
    {
        var order = BatchOrder.Shuffled(Part, 100, seed: 5);
        int[] first = [.. Deal(order).SelectMany(batch => batch)];
        order.Start(1);
        int[] second = [.. Deal(order).SelectMany(batch => batch)];

        Assert.Equal(Part.Indices.ToArray(), first.Order());
        Assert.Equal(Part.Indices.ToArray(), second.Order());
        Assert.NotEqual(first, second);
        Assert.NotEqual(first, Part.Indices.ToArray());
        Assert.NotEqual(first, Deal(BatchOrder.Shuffled(Part, 100, seed: 6)).SelectMany(batch => batch));
    }

    [Fact]
    public void TheLastBatchHasWhatIsLeft()
    {
        var order = BatchOrder.Shuffled(Part, 100, 0);

        Assert.Equal(15, order.BatchCount);
        Assert.Equal([.. Enumerable.Repeat(100, 14), 37], Deal(order).Select(batch => batch.Length));
        Assert.Equal(0, order.NextBatch(new int[100]));
        Assert.Equal(15, order.Batch);
    }

    [Theory]
    [InlineData(1, 1437)]
    [InlineData(1436, 2)]
    [InlineData(1437, 1)]
    [InlineData(int.MaxValue, 1)]
    public void BatchSizesAtTheEdge(int batchSize, int batches)
    {
        var order = BatchOrder.InFileOrder(Part, batchSize);
        int[] buffer = new int[Math.Min(batchSize, Part.Count)];
        int count = 0, dealt = 0;
        for (int length; (length = order.NextBatch(buffer)) > 0; dealt += length)
        {
            count++;
        }

        Assert.Equal((batches, batches, 1437), (order.BatchCount, count, dealt));
    }

    [Fact]
    public void AnyPlaceIsReachedWithoutWhatCameBefore()
    {
        var whole = BatchOrder.Shuffled(Part, 100, 9);
        int[][][] epochs = [.. Enumerable.Range(0, 4).Select(epoch =>
        {
            whole.Start(epoch);
            return Deal(whole).ToArray();
        })];

        var resumed = BatchOrder.Shuffled(Part, 100, 9);
        resumed.Start(epoch: 3, batch: 6);

        Assert.Equal((3, 6), (resumed.Epoch, resumed.Batch));
        Assert.Equal(epochs[3][6..], Deal(resumed));
    }

    [Fact]
    public void FileOrderIsTheSameInEveryEpoch()
    {
        var order = BatchOrder.InFileOrder(Part, 100);
        Assert.Equal(Part.Indices.ToArray(), Deal(order).SelectMany(batch => batch));
        order.Start(1);
        Assert.Equal(Part.Indices.ToArray(), Deal(order).SelectMany(batch => batch));
    }

    [Fact]
    public void DealingAllocatesNothing()
    {
        var order = BatchOrder.Shuffled(Part, 100, 0);
        int[] buffer = new int[100];
        int epoch = 0;
        Assert.Equal(0, Allocated.BySteadyRuns(() =>
        {
            order.Start(epoch++);
            while (order.NextBatch(buffer) > 0)
            {
            }
        }));
    }

    [Fact]
    public void PlacesThatDoNotExistAreRefused()
    {
        var order = BatchOrder.Shuffled(Part, 100, 0);

        _ = Assert.Throws<ArgumentOutOfRangeException>(() => order.Start(-1));
        _ = Assert.Throws<ArgumentOutOfRangeException>(() => order.Start(0, 16));
        _ = Assert.Throws<ArgumentOutOfRangeException>(() => BatchOrder.Shuffled(Part, 0, 0));
        _ = Assert.Throws<ArgumentException>(() => order.NextBatch(new int[99]));
    }

    static IEnumerable<int[]> Deal(BatchOrder order)
    {
        int[] buffer = new int[order.BatchSize];
        for (int count; (count = order.NextBatch(buffer)) > 0;)
        {
            yield return buffer[..count];
        }
    }

    [Fact]
    public void WithReplacementABatchIsDrawnFromAllImages()
    {
        var part = new DataPart("some", Part.Images, [.. Part.Indices.ToArray().Where(i => i % 2 == 0)]);
        var order = BatchOrder.WithReplacement(part, 100, seed: 5);
        Assert.Equal(part.Count / 100, order.BatchCount);

        var first = Deal(order).ToList();

        Assert.Equal(part.Count / 100, first.Count);
        Assert.All(first, batch => Assert.Equal(100, batch.Length));
        Assert.All(first.SelectMany(batch => batch), image => Assert.Equal(0, image % 2));

        // Of n draws from n images a share of 1 − 1/e are different.
        double drawn = first.SelectMany(batch => batch).Distinct().Count() / (double)part.Count;
        Assert.InRange(drawn, 0.55, 0.7);
        order.Start(epoch: 0);
        Assert.Equal(first, Deal(order));
        order.Start(epoch: 1);
        Assert.NotEqual(first, Deal(order));
        Assert.Equal(1, BatchOrder.WithReplacement(part, part.Count, seed: 5).BatchCount);
    }

    [Fact]
    public void ItSaysHowManyImagesABatchHas()
    {
        var order = BatchOrder.Shuffled(Part, 100, seed: 5);

        Assert.Equal(Deal(order).Select(batch => batch.Length), Enumerable.Range(0, order.BatchCount).Select(order.CountImages));
    }
}
