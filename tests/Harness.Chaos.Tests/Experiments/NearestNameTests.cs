using Harness.Chaos.Experiments;

namespace Harness.Chaos.Tests.Experiments;

public sealed class NearestNameTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("abc", "abc", 0)]
    [InlineData("abc", "ABC", 0)]
    [InlineData("checkuot", "checkout", 2)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("", "four", 4)]
    public void Counts_the_letters_that_must_change(string a, string b, int expected) => Assert.Equal(expected, NearestName.Distance(a, b));

    [Fact]
    public void Names_the_nearest_when_one_is_near() =>
        Assert.Equal("did you mean 'partition'?", NearestName.Hint("partiton", ["latency", "partition"]));

    [Fact]
    public void Names_them_all_when_none_is_near() =>
        Assert.Equal("one of: latency, partition", NearestName.Hint("earthquake", ["latency", "partition"]));
}
