using System.Text;

namespace Harness.Reports.Markup;

/// <summary>Text from outside, made harmless for Markdown as GitHub and GitLab read it.</summary>
public static class Markdown
{
    /// <summary>One line that shows as it is: no markup, no HTML, no cell border, no link, no mention.</summary>
    public static string Escape(string text)
    {
        var safe = new StringBuilder(text.Length + 16);
        foreach (char c in text)
            safe.Append(Escape(c));

        // A bare address becomes a link by itself; an empty comment between its parts is invisible and stops that.
        return safe.Replace("://", ":<!-- -->//").Replace("www.", "www<!-- -->.").ToString();
    }

    /// <summary>A block of code; its fence is longer than any in the text.</summary>
    public static string Code(string text)
    {
        int longest = 2;
        int run = 0;
        foreach (char c in text)
            longest = Math.Max(longest, run = c == '`' ? run + 1 : 0);
        string fence = new('`', longest + 1);
        return $"{fence}\n{text.ReplaceLineEndings("\n")}\n{fence}\n";
    }

    private static string Escape(char c) => c switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '|' or '\\' or '`' or '*' or '_' or '[' or ']' or '~' or '#' or '!' or '$' => $"\\{c}",
        '@' => "@<!-- -->",
        '\n' or '\r' or '\t' => " ",
        _ when char.IsControl(c) => "\uFFFD",
        _ => c.ToString(),
    };
}
