using System.Security.Cryptography;

namespace Descent.Data;

/// <summary>A digest by which a file is known.</summary>
/// <param name="Algorithm">MD5 or SHA-256.</param>
/// <param name="Hex">In lower-case hexadecimal digits.</param>
public sealed record FileDigest(HashAlgorithmName Algorithm, string Hex)
{
    /// <summary>MD5 tells damage, not malice; many publishers give nothing else.</summary>
    public static FileDigest Md5(string hex) => new(HashAlgorithmName.MD5, hex);

    public static FileDigest Sha256(string hex) => new(HashAlgorithmName.SHA256, hex);

    /// <summary>Whether the rest of a stream has this digest.</summary>
    public bool IsOf(Stream stream) => Convert.ToHexStringLower(CryptographicOperations.HashData(Algorithm, stream)) == Hex;

    /// <summary>The same without keeping a thread.</summary>
    public async Task<bool> IsOfAsync(Stream stream, CancellationToken cancellation) =>
        Convert.ToHexStringLower(await CryptographicOperations.HashDataAsync(Algorithm, stream, cancellation)) == Hex;

    /// <summary>As in <c>MD5 c32a1d4a…</c>.</summary>
    public override string ToString() => $"{Algorithm.Name} {Hex}";
}
