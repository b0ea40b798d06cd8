using Harness.Reports.Markup;

namespace Harness.Reports.Tests.Markup;

public sealed class HtmlTests
{
    [Fact]
    public void Escapes_every_hole_but_those_that_are_markup_already()
    {
        Html inner = Html.Of($"<b>{"<i>"}</b>");

        Assert.Equal("<p>&lt;i&gt;<b>&lt;i&gt;</b></p>", Html.Of($"<p>{"<i>"}{inner}</p>").ToString());
    }

    [Theory]
    [InlineData("\" onclick=\"x", "&quot;")]
    [InlineData("' onclick='x", "&#x27;")]
    [InlineData("a & b", "&amp;")]
    public void Escapes_what_could_leave_an_attribute(string value, string escaped) =>
        Assert.Contains(escaped, Html.Of($"""<a title="{value}">""").ToString(), StringComparison.Ordinal);

    [Fact]
    public void Keeps_letters_of_every_script() => Assert.Equal("µs größer 東京", Html.Of($"{"µs größer 東京"}").ToString());
}
