namespace Descent.Data;

/// <summary>How the images of an epoch are dealt out.</summary>
public enum ImageOrder
{
    /// <summary>Every image once an epoch, in an order of its own for each.</summary>
    Shuffled,

    /// <summary>Every image once an epoch, as they lie in the data set's files.</summary>
    File,

    /// <summary>Each image of each batch is drawn from all, so that one may come twice and another not at all; an epoch is as many whole batches as go into
    /// the part, at least one.</summary>
    Replacement,
}
