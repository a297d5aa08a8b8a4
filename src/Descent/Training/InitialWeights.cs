using Descent.Formats;
using Descent.Tensors;

namespace Descent.Training;

/// <summary>Weights that a training starts from, instead of what its initialization draws.</summary>
/// <param name="Content">Of a file.</param>
/// <param name="IsExceptHead">The last layer keeps what the initialization drew: for a task of other classes.</param>
public sealed record InitialWeights(WeightsContent Content, bool IsExceptHead = false)
{
    /// <exception cref="BadInputException">They belong to another model; the message lists what is missing, too much or of another shape.</exception>
    internal void GiveTo<T>(Parameters<T> parameters) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (IsExceptHead)
        {
            WeightsFile.LoadExceptHead(Content, parameters);
            return;
        }

        try
        {
            WeightsFile.Load(Content, parameters);
        }
        catch (BadInputException exception) when (FitExceptHead(parameters))
        {
            throw new BadInputException($"{exception.Message} All but the last layer fit: with --init-except-head (in a study init_except_head: true) it keeps its fresh start.", exception);
        }
    }

    bool FitExceptHead<T>(Parameters<T> parameters) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        try
        {
            WeightsFile.LoadExceptHead(Content, parameters);
            return true;
        }
        catch (BadInputException)
        {
            return false;
        }
    }
}
