namespace Harness.Target.Tests;

public sealed class NearestTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("abc", "abc", 0)]
    [InlineData("", "abc", 3)]
    [InlineData("abc", "abd", 1)]
    [InlineData("abc", "ac", 1)]
    [InlineData("kitten", "sitting", 3)]
    public void Counts_insertions_deletions_and_substitutions(string from, string to, int distance) =>
        Assert.Equal((distance, distance), (Nearest.Distance(from, to), Nearest.Distance(to, from)));

    [Fact]
    public void Finds_what_was_meant() => Assert.Equal("refund-forgotten", Nearest.To("refund-forgoten", Bugs.Names));
}
