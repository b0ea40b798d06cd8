using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Harness.Reports.Markup;

/// <summary>Collects an interpolated string and escapes its holes. There is no overload for any type, so that an object's own
/// <c>ToString</c> never reaches a page unseen.</summary>
[InterpolatedStringHandler]
internal readonly struct HtmlInterpolation(int literalLength, int holes)
{
    private readonly StringBuilder _text = new(literalLength + holes * 16);

    public void AppendLiteral(string literal) => _text.Append(literal);

    public void AppendFormatted(Html part) => _text.Append(part.ToString());

    public void AppendFormatted(IEnumerable<Html> parts)
    {
        foreach (Html part in parts)
            _text.Append(part.ToString());
    }

    public void AppendFormatted(string? text) => _text.Append(Html.Escape(text));

    public void AppendFormatted(long number) => _text.Append(number.ToString(CultureInfo.InvariantCulture));

    public void AppendFormatted(double number) => _text.Append(number.ToString("0.##", CultureInfo.InvariantCulture));

    public string ToText() => _text.ToString();
}
