using System.Runtime.InteropServices;
using Descent.Data;

namespace Descent.Tests.Data;

public class DataFolderTests
{
    static readonly Dictionary<string, string> Everything = new()
    {
        ["DESCENT_DATA"] = "/d",
        ["XDG_CACHE_HOME"] = "/xdg",
        ["HOME"] = "/home/ada",
        ["LOCALAPPDATA"] = "/Users/ada/AppData/Local",
    };

    [Theory]
    [InlineData("/flag", "", "/flag")]
    [InlineData(null, "", "/d")]
    [InlineData("", "", "/d")]
    [InlineData(null, "DESCENT_DATA", "/xdg/descent/data")]
    [InlineData(null, "DESCENT_DATA XDG_CACHE_HOME", "/home/ada/.cache/descent/data")]
    public void TheFirstOfFlagAndVariablesThatIsSetWins(string? flag, string unset, string expected) =>
        Assert.Equal(Path.GetFullPath(expected), Resolve(flag, OSPlatform.Linux, unset.Split(' ')));

    [Fact]
    public void ARelativeCacheHomeIsIgnored() => Assert.Equal(Path.GetFullPath("/home/ada/.cache/descent/data"),
        DataFolder.Resolve(null, name => name switch { "XDG_CACHE_HOME" => "cache", "HOME" => "/home/ada", _ => null }, OSPlatform.Linux).Path);

    [Fact]
    public void OtherPlatformsHaveTheirOwnCacheFolder()
    {
        string[] unset = ["DESCENT_DATA", "XDG_CACHE_HOME"];

        Assert.Equal(Path.GetFullPath("/home/ada/Library/Caches/descent/data"), Resolve(null, OSPlatform.OSX, unset));
        Assert.Equal(Path.GetFullPath("/Users/ada/AppData/Local/descent/data"), Resolve(null, OSPlatform.Windows, unset));
    }

    [Fact]
    public void WithoutAnyPlaceTheUserIsAsked() =>
        Assert.Equal("No folder for data is known: give --data-folder or set DESCENT_DATA.",
            Assert.Throws<BadInputException>(() => DataFolder.Resolve(null, _ => null, OSPlatform.Linux)).Message);

    static string Resolve(string? flag, OSPlatform platform, string[] unset) =>
        DataFolder.Resolve(flag, name => unset.Contains(name) ? null : Everything.GetValueOrDefault(name), platform).Path;
}
