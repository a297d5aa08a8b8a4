using Descent.Formats;
using Descent.Tests.Lockstep;

namespace Descent.Tests.Models;

/// <summary>Names and shapes of every network's state dict, against those of PyTorch's module (Lockstep/Golden/generate.py).</summary>
public class NamesAndShapesTests
{
    static readonly ILookup<string, string> Golden = GoldenRows.Read("parameters.tsv").ToLookup(row => row[0], row => $"{row[1]} {row[2]}");

    public static TheoryData<string> Models => [.. Golden.Select(group => group.Key)];

    [Theory]
    [MemberData(nameof(Models))]
    public void AreThoseOfPyTorch(string name)
    {
        var model = Formula.Net(name).Model;

        Assert.Equal(Golden[name].Order(StringComparer.Ordinal), model.Parameters.Concat(model.Statistics)
            .Select(parameter => $"{parameter.Name} [{string.Join(", ", PyTorchLayout.ShapeOf(parameter))}]").Order(StringComparer.Ordinal));
    }
}
