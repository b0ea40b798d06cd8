using System.Security.Cryptography;
using System.Text;

namespace Harness.Target.Chaos;

/// <summary>What whoever wants to put something wrong in here has to know. It prints as nothing, so that no log can hold it.</summary>
public sealed class ChaosToken
{
    /// <summary>Where it is found: not on the command line, which everybody on the machine can read.</summary>
    public const string Variable = "CHAOS_TOKEN";

    /// <summary>The header in which a request brings it.</summary>
    public const string Header = "Chaos-Token";

    private const int LengthMin = 16;
    private readonly byte[] _digest;

    private ChaosToken(string text) => _digest = Digest(text);

    /// <summary>Reads one.</summary>
    /// <param name="text">Null or empty for none.</param>
    /// <param name="problem">Why it cannot be used; never the token itself.</param>
    /// <returns>Null for none, and for one with a problem.</returns>
    public static ChaosToken? Read(string? text, out string? problem)
    {
        problem = text is { Length: > 0 and < LengthMin } ? $"{Variable} has {text.Length} letters; it needs at least {LengthMin}." : null;
        return string.IsNullOrEmpty(text) || problem is not null ? null : new ChaosToken(text);
    }

    /// <summary>Takes as long for a wrong one as for the right one, whatever its length.</summary>
    public bool Matches(string brought) => CryptographicOperations.FixedTimeEquals(_digest, Digest(brought));

    public override string ToString() => "";

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
