using System.Runtime.Intrinsics;

namespace Descent.Tensors.Kernels;

/// <summary>Something that is done with vectors of a width which is not known before the program runs.</summary>
public interface IVectorAction<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    void Run<V>() where V : struct, IVector<V, T>;
}

/// <summary>Chooses the vectors that kernels run on: the widest that the processor has in hardware.</summary>
public static class VectorWidth
{
    /// <summary>512, 256 or 128. Sums may differ in their last bits between widths; formulas lane by lane do not.</summary>
    public static int Bits { get; } = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    public static void Run<T, TAction>(ref TAction action)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> where TAction : IVectorAction<T> => Run<T, TAction>(Bits, ref action);

    internal static void Run<T, TAction>(int bits, ref TAction action)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> where TAction : IVectorAction<T>
    {
        switch (bits)
        {
            case 512:
                action.Run<Lanes512<T>>();
                break;
            case 256:
                action.Run<Lanes256<T>>();
                break;
            default:
                action.Run<Lanes128<T>>();
                break;
        }
    }
}
