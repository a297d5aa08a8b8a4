using System.Numerics;
using Descent.Data;
using Descent.Formats;
using Descent.Models;
using Descent.Tensors;
using Descent.Workloads;

namespace Descent.Tests.Lockstep;

/// <summary>The weights, images and labels of Golden/formula.py.</summary>
static class Formula
{
    const int ImageTensor = 1000, LabelTensor = 1001, Classes = 10;

    public static int BatchSize(Workload workload) => workload.Name.Contains("small-stem") ? 4 : workload.Name.Contains("resnet") ? 8 : 32;

    /// <summary>A row's workload and its model without dropout; with a side behind an @, for images that are enlarged to it, and with height and width that of a user's own images.</summary>
    public static (Workload Workload, Model Model) Net(string row)
    {
        string[] parts = row.Split('@');
        var workload = WorkloadCatalog.Find(parts[0]);
        if (parts.Length > 1 && parts[1].Split('x') is [var height, var width])
        {
            return (workload, NamedNet.Find(parts[0].Replace("cifar10-", "", StringComparison.Ordinal))
                .Create(new Shape(32, 32, 3), int.Parse(height), int.Parse(width), Classes, Loss.CrossEntropy));
        }

        var options = workload.ModelOptions.Where(option => option.Name == "dropout").ToDictionary(option => option.Name, _ => "0");
        if (parts.Length > 1)
        {
            options.Add("image_size", parts[1]);
        }

        return (workload, workload.CreateModel(options));
    }

    public static Model Model(Workload workload) => Net(workload.Name).Model;

    public static LabeledImages Images(Workload workload, int count, int? side = null)
    {
        bool isMnist = workload.DataSet == "mnist";
        int width = side ?? (isMnist ? 28 : 32);
        var shape = new ImageShape(width, width, isMnist ? 1 : 3);
        return new(shape, [.. Enumerable.Range(0, count * shape.Length).Select(i => (byte)(256 * Uniform(ImageTensor, i)))],
            [.. Enumerable.Range(0, count).Select(i => (byte)(Classes * Uniform(LabelTensor, i)))], Classes);
    }

    public static Parameters<T> Parameters<T>(Model model) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var parameters = new Parameters<T>(model.Parameters, model.Statistics);
        int fan = 0;
        for (int t = 0; t < parameters.Slots.Count; t++)
        {
            var (info, tensor) = (parameters.Slots[t].Info, t);
            bool isNorm = info.Traits.HasFlag(ParameterTraits.Normalization), isWeight = info.Traits.HasFlag(ParameterTraits.Weight);
            fan = isWeight ? info.FanIn : fan;
            T[] values = [.. Enumerable.Range(0, info.Shape.Count).Select(i => (2 * Uniform(tensor, i)) - 1)
                .Select(u => isNorm ? (u / 5) + (isWeight ? 1 : 0) : u / Math.Sqrt(fan)).Select(value => T.CreateTruncating((float)value))];
            PyTorchLayout.FromPyTorch<T>(info, values, parameters.Slots[t].Value.Span);
        }

        return parameters;
    }

    public static double Uniform(int tensor, int i)
    {
        ulong z = ((ulong)i + ((ulong)tensor << 32) + 1) * 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 40) / (double)(1 << 24);
    }
}
