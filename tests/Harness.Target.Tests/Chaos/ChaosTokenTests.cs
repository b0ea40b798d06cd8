using Harness.Target.Chaos;

namespace Harness.Target.Tests.Chaos;

public sealed class ChaosTokenTests
{
    [Theory]
    [InlineData("0123456789abcdef", true)]
    [InlineData("0123456789abcdeF", false)]
    [InlineData("0123456789abcdef0", false)]
    [InlineData("", false)]
    public void Matches_itself_alone(string brought, bool matches) => Assert.Equal(matches, ChaosToken.Read("0123456789abcdef", out _)!.Matches(brought));

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("short", "CHAOS_TOKEN has 5 letters; it needs at least 16.")]
    public void Is_none_without_a_text_or_with_too_short_a_one(string? text, string? problem)
    {
        Assert.Null(ChaosToken.Read(text, out var found));
        Assert.Equal(problem, found);
    }

    [Fact]
    public void Prints_as_nothing() => Assert.DoesNotContain("0123456789abcdef", $"{ChaosToken.Read("0123456789abcdef", out _)}", StringComparison.Ordinal);
}
