namespace Descent.Tensors.Kernels;

/// <summary>One word of each of several Philox blocks side by side: in the lower half of a 64-bit lane, so that a lane takes a whole product.</summary>
/// <remarks>What the upper halves hold is of no account: <see cref="Multiply"/> does not read them.</remarks>
unsafe interface IPhiloxLanes<W> where W : unmanaged, IPhiloxLanes<W>
{
    /// <summary>Whether the processor has the instructions.</summary>
    static abstract bool IsSupported { get; }

    /// <summary>The number of lanes.</summary>
    static abstract int Blocks { get; }

    static abstract W Broadcast(uint word);

    /// <summary>The numbers of successive blocks, in the order that <see cref="StoreKept"/> expects.</summary>
    static abstract W Counters(uint first);

    /// <summary>The 64-bit products of the lower halves.</summary>
    static abstract W Multiply(W x, W y);

    /// <summary>The upper halves, as lower halves.</summary>
    static abstract W High(W x);

    static abstract W Xor(W x, W y, W z);

    /// <summary>For the four words of each block, in the order of the blocks: a byte that is 1 where the word is at least <paramref name="threshold"/>, else 0.</summary>
    static abstract void StoreKept(W word0, W word1, W word2, W word3, uint threshold, byte* destination);
}
