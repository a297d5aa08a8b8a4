using System.Diagnostics;
using System.IO.Compression;
using Descent.Tests.App;
using Descent.Tests.Architecture;

namespace Descent.Tests.Samples;

/// <summary>The library as a NuGet package, and a rule built upon it outside of the checkout.</summary>
public sealed class PackageTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task ARuleBuiltOnThePackageTrains()
    {
        await DotNet("pack", Path.Combine(Repository.Root, "src", "Descent"), "--no-build", "--configuration", Sample.Configuration, "--output", folder["feed"]);
        string package = Assert.Single(Directory.GetFiles(folder["feed"], "Descent.*.nupkg"));
        using (var archive = await ZipFile.OpenReadAsync(package, TestContext.Current.CancellationToken))
        {
            Assert.Superset(new HashSet<string> { "README.md", "LICENSE", "lib/net10.0/Descent.Core.dll", "lib/net10.0/Descent.Core.xml" },
                archive.Entries.Select(entry => entry.FullName).ToHashSet());
        }

        WriteProject(Path.GetFileNameWithoutExtension(package)["Descent.".Length..]);
        await DotNet("build", folder["mine"], "--output", folder["out"]);

        var summary = new DescentCommand(folder["."]).Run("train", "digits-mlp", "--assembly", Path.Combine("out", "Mine.dll"), "--optimizer", "signsgd",
            "--epochs", "1", "--json").MustSucceed().JsonLines()[^1];
        Assert.InRange(summary.GetProperty("test_accuracy").GetDouble(), 0.4, 1);
    }

    /// <summary>As a user writes it. What the package needs comes from this machine's folder of packages, and nothing goes there.</summary>
    void WriteProject(string version)
    {
        _ = Directory.CreateDirectory(folder["mine"]);
        File.Copy(Sample.Source, folder["mine/SignSgd.cs"]);
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        File.WriteAllText(folder["mine/Mine.csproj"], $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <RestoreSources>{folder["feed"]};{packages}</RestoreSources>
                <RestorePackagesPath>{folder["packages"]}</RestorePackagesPath>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Descent" Version="{version}" />
                <Using Include="System.Numerics" />
              </ItemGroup>
            </Project>
            """);
    }

    static async Task DotNet(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["MSBUILDDISABLENODEREUSE"] = "1", ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0" },
        })!;
        var cancellation = TestContext.Current.CancellationToken;
        var error = process.StandardError.ReadToEndAsync(cancellation);
        string output = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}: {output}{await error}");
    }
}
