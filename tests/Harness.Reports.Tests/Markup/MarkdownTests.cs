using Harness.Reports.Markup;

namespace Harness.Reports.Tests.Markup;

public sealed class MarkdownTests
{
    [Theory]
    [InlineData("a | b", "a \\| b")]
    [InlineData("<b>", "&lt;b&gt;")]
    [InlineData("two\nlines", "two lines")]
    [InlineData("[x](y)", "\\[x\\](y)")]
    [InlineData("@team", "@<!-- -->team")]
    [InlineData("https://x.y", "https:<!-- -->//x.y")]
    [InlineData("bell \u0007", "bell \uFFFD")]
    public void Shows_text_as_it_is(string text, string escaped) => Assert.Equal(escaped, Markdown.Escape(text));

    [Theory]
    [InlineData("plain", "```")]
    [InlineData("a ``` b", "````")]
    public void Fences_code_with_more_backticks_than_it_holds(string code, string fence) =>
        Assert.Equal($"{fence}\n{code}\n{fence}\n", Markdown.Code(code));
}
