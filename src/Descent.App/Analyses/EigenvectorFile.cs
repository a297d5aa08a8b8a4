using Descent.Analysis;
using Descent.Formats;
using Descent.Models;

namespace Descent.App.Analyses;

/// <summary>Eigenvectors in a file: <c>eigenvector.1.fc1.weight</c> is the part of the first that belongs to a parameter, in PyTorch's shape and layout.</summary>
static class EigenvectorFile
{
    const string Zipped = ".npz", Plain = ".safetensors";

    /// <exception cref="BadInputException">The extension is none that is written, or there is no such folder.</exception>
    public static string Checked(string path) => Path.GetExtension(path) is not (Zipped or Plain)
        ? throw new BadInputException($"--vectors {path}: the file must end in {Plain} or {Zipped}.")
        : Directory.Exists(Path.GetDirectoryName(path)) ? path
        : throw new BadInputException($"--vectors {path}: the folder {Path.GetDirectoryName(path)} does not exist.");

    public static void Write(string path, Model model, HessianSpectrum spectrum)
    {
        List<NamedArray> arrays = [];
        foreach (var (i, pair) in spectrum.Largest.Index())
        {
            int start = 0;
            foreach (var parameter in model.Parameters)
            {
                double[] values = new double[parameter.Shape.Count];
                PyTorchLayout.ToPyTorch(parameter, pair.Vector.AsSpan(start, values.Length), values);
                arrays.Add(NamedArray.Copy<double>($"eigenvector.{i + 1}.{parameter.Name}", PyTorchLayout.ShapeOf(parameter), values));
                start += values.Length;
            }
        }

        arrays.Add(NamedArray.Copy<double>("eigenvalues", [spectrum.Largest.Count], [.. spectrum.Largest.Select(x => x.Value)]));
        if (Path.GetExtension(path) == Zipped)
        {
            NpzFile.Write(path, arrays);
        }
        else
        {
            SafeTensorsFile.Write(path, arrays, new Dictionary<string, string>());
        }
    }
}
