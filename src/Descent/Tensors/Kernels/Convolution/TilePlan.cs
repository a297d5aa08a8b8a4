using System.Runtime.InteropServices;

namespace Descent.Tensors.Kernels;

/// <summary>Which six pixels make a tile of the row kernel, and through which taps they read.</summary>
/// <remarks>Pixels of a group of images are sorted by the set of taps that do not fall into the padding, so that a tile skips those taps: padding costs
/// nothing. At 4×4 pixels a 3×3 filter spends 30 % of its products on padding otherwise, at 1×1 pixels 89 %.</remarks>
sealed unsafe class TilePlan
{
    const int Rows = 6;

    public required int Tiles { get; init; }

    /// <summary>[tiles·6] pixel within the group that a row is for; missing rows repeat the last one.</summary>
    public required int* Targets { get; init; }

    /// <summary>[tiles] rows that count.</summary>
    public required int* Heights { get; init; }

    /// <summary>[tiles + 1] first segment of each tile.</summary>
    public required int* Segments { get; init; }

    /// <summary>[segments·6] offset of the source pixel's first channel within the group, or −1.</summary>
    public required int* Offsets { get; init; }

    /// <summary>[segments] offset of the tap within a panel.</summary>
    public required int* PanelOffsets { get; init; }

    /// <param name="images">Images of the group.</param>
    /// <param name="sourcePixels">Pixels of one source image.</param>
    /// <param name="depth">Channels of the source.</param>
    /// <param name="tapStride">Elements from one tap to the next in a panel.</param>
    /// <param name="source">From (target pixel of one image, tap) to the source pixel or −1.</param>
    public static TilePlan Build(Arena arena, int images, int targetPixels, int sourcePixels, int taps, int depth, int tapStride,
        Func<int, int, int> source)
    {
        var valid = new UInt128[targetPixels];
        for (int pixel = 0; pixel < targetPixels; pixel++)
        {
            for (int tap = 0; tap < taps; tap++)
            {
                valid[pixel] |= source(pixel, tap) >= 0 ? UInt128.One << tap : 0;
            }
        }

        int count = images * targetPixels, tiles = (count + Rows - 1) / Rows;
        // A stable sort: within one set of taps neighbours in the image stay neighbours.
        int[] sorted = [.. Enumerable.Range(0, count).OrderByDescending(pixel => valid[pixel % targetPixels])];
        var (targets, heights, starts, offsets, panelOffsets) = (new List<int>(), new List<int>(), new List<int> { 0 }, new List<int>(), new List<int>());
        for (int tile = 0; tile < tiles; tile++)
        {
            var members = sorted.AsSpan(tile * Rows, Math.Min(Rows, count - (tile * Rows)));
            UInt128 union = 0;
            heights.Add(members.Length);
            for (int i = 0; i < Rows; i++)
            {
                int pixel = members[Math.Min(i, members.Length - 1)];
                targets.Add(pixel);
                union |= valid[pixel % targetPixels];
            }

            for (int tap = 0; tap < taps; tap++)
            {
                if ((union >> tap & 1) == 0)
                {
                    continue;
                }

                for (int i = 0; i < Rows; i++)
                {
                    var (image, pixel) = Math.DivRem(targets[(tile * Rows) + i], targetPixels);
                    int from = source(pixel, tap);
                    offsets.Add(from < 0 ? -1 : checked(((image * sourcePixels) + from) * depth));
                }

                panelOffsets.Add(tap * tapStride);
            }

            starts.Add(panelOffsets.Count);
        }

        return new TilePlan
        {
            Tiles = tiles,
            Targets = Copy(arena, targets),
            Heights = Copy(arena, heights),
            Segments = Copy(arena, starts),
            Offsets = Copy(arena, offsets),
            PanelOffsets = Copy(arena, panelOffsets),
        };
    }

    static int* Copy(Arena arena, List<int> values)
    {
        int* copy = arena.AllocateRaw<int>(Math.Max(1, values.Count));
        CollectionsMarshal.AsSpan(values).CopyTo(new Span<int>(copy, values.Count));
        return copy;
    }
}
