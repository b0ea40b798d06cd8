using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Harness.Reports.Markup;

/// <summary>Text that is safe to put into a page: literals of this project, and values that were escaped on their way in.</summary>
/// <remarks>The only ways to make one are <see cref="Of"/>, which escapes every hole that is not itself <see cref="Html"/>, and
/// <see cref="Trusted"/>. Forgetting to escape is thereby a compile error instead of a hole in the page.</remarks>
internal readonly struct Html
{
    // Escapes what has a meaning in HTML, in text and in quoted attributes; letters of every script stay readable.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly string? _text;

    private Html(string text) => _text = text;

    public static Html Empty => default;

    /// <summary>A piece of page: <c>Html.Of($"&lt;td&gt;{name}&lt;/td&gt;")</c>. Attributes must be in double quotes.</summary>
    public static Html Of(HtmlInterpolation text) => new(text.ToText());

    /// <summary>Markup that ships with this project and holds nothing from outside.</summary>
    public static Html Trusted(string markup) => new(markup);

    public static Html Join(IEnumerable<Html> parts) => new(string.Concat(parts.Select(p => p.ToString())));

    public static string Escape(string? text) => text is null ? "" : Encoder.Encode(text);

    public override string ToString() => _text ?? "";
}
