using Descent.Data;

namespace Descent.Tests.Data;

public class DataCatalogTests
{
    [Fact]
    public void AMistypedNameIsAnsweredWithTheNearest() =>
        Assert.Equal("There is no data set \"mnits\". Did you mean \"mnist\"? Known: digits, mnist, cifar10.",
            Assert.Throws<BadInputException>(() => DataCatalog.Find("mnits")).Message);

    [Fact]
    public void EveryFileHasADigestSafeAddressesOfItsNameAndAFormOfItsPath()
    {
        foreach (var file in DataCatalog.All.SelectMany(set => set.Files))
        {
            Assert.Equal(file.Digest.Algorithm.Name == "MD5" ? 32 : 64, file.Digest.Hex.Length);
            Assert.NotEmpty(file.Addresses);
            Assert.Distinct(file.Addresses);
            Assert.Contains(file.Path, file.Forms.Select(form => form.Path));
            Assert.All(file.Addresses, address =>
            {
                Assert.Equal("https", address.Scheme);
                Assert.Equal(Path.GetFileName(file.Path), Path.GetFileName(address.AbsolutePath));
            });
        }
    }
}
