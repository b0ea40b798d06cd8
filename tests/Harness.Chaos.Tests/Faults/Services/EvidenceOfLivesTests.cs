using Harness.Chaos.Faults.Services;

namespace Harness.Chaos.Tests.Faults.Services;

public sealed class EvidenceOfLivesTests
{
    [Fact]
    public void Adds_up_what_was_counted_before_a_service_was_started_anew()
    {
        var evidence = new EvidenceOfLives();
        foreach (double count in new[] { 3.0, 7, 7, 1, 2 })
            evidence.Note(new Dictionary<string, double> { ["calls failed"] = count });

        Assert.Equal(9, Assert.Single(evidence.Total).Value);
    }

    [Fact]
    public void Keeps_the_largest_of_what_is_a_most()
    {
        var evidence = new EvidenceOfLives();
        foreach (double most in new[] { 300.0, 500, 200 })
            evidence.Note(new Dictionary<string, double> { ["resident bytes at most"] = most });

        Assert.Equal(500, Assert.Single(evidence.Total).Value);
    }
}
