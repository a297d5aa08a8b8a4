using Descent.Data;

namespace Descent.Tests.Data;

public class DataCatalogTests
{
    [Fact]
    public void AMistypedNameIsAnsweredWithTheNearest() =>
        Assert.Equal("There is no data set \"mnits\". Did you mean \"mnist\"? Known: digits, mnist.",
            Assert.Throws<BadInputException>(() => DataCatalog.Find("mnits")).Message);

    [Fact]
    public void EveryFileHasDigestsAndTwoSafeAddressesOfItsName()
    {
        foreach (var file in DataCatalog.All.SelectMany(set => set.Files))
        {
            Assert.Equal(32, file.PackedMd5.Length);
            Assert.Equal(64, file.ContentSha256.Length);
            Assert.Equal(2, file.Addresses.Distinct().Count());
            Assert.All(file.Addresses, address =>
            {
                Assert.Equal("https", address.Scheme);
                Assert.Equal(Path.GetFileName(file.Path), Path.GetFileName(address.AbsolutePath));
            });
        }
    }
}
