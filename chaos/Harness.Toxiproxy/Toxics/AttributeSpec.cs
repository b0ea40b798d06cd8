namespace Harness.Toxiproxy.Toxics;

/// <summary>What an attribute may hold.</summary>
internal enum AttributeKind
{
    /// <summary>64 bits, signed; a fraction or an exponent is refused.</summary>
    Integer,

    /// <summary>A double.</summary>
    Number,

    Text,
}

/// <summary>An attribute of a kind of toxic.</summary>
/// <param name="Name">On the wire, with its unit where it has one.</param>
/// <param name="Kind">What it holds; when absent, zero or the empty text.</param>
internal sealed record AttributeSpec(string Name, AttributeKind Kind)
{
    public static AttributeSpec Integer(string name) => new(name, AttributeKind.Integer);

    public static AttributeSpec Number(string name) => new(name, AttributeKind.Number);

    public static AttributeSpec Text(string name) => new(name, AttributeKind.Text);
}
