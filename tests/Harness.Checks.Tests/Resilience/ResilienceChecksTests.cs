using Harness.Checks.Resilience;
using Harness.Records;

namespace Harness.Checks.Tests.Resilience;

/// <summary>On the usual timeline: a fault from 5 s to 15 s, recovery until 20 s.</summary>
public sealed class ResilienceChecksTests
{
    private readonly TestRecord _record = TestRecord.Right();

    public ResilienceChecksTests() => _record.Series.Clear();

    [Theory]
    [InlineData("retries-bounded")]
    [InlineData("breakers-close")]
    public void Are_only_asked_by_name_and_know_nothing_of_a_system_that_counts_no_calls(string name)
    {
        ICheck check = Judge.All.Single(known => known.Name == name);

        Assert.False(check.AskedByDefault);
        Assert.Equal(Verdict.Unknown, check.Judge(_record.Open()).Verdict);
    }

    [Fact]
    public void Retries_may_use_up_what_was_saved_and_what_calls_earn()
    {
        // 20 saved, 12 earned by 60 calls and 1 by the second; then 13 a second.
        AddSeconds((60, 33), (60, 13), (60, 13));

        CheckResult result = new RetriesBoundedCheck().Judge(_record.Open());

        Assert.Equal((Verdict.Pass, 180d, 59d), (result.Verdict, result.Numbers["calls"], result.Numbers["retries"]));
    }

    [Fact]
    public void Retries_that_go_on_after_the_budget_is_spent_are_a_violation()
    {
        AddSeconds((60, 33), (60, 40), (60, 0));

        CheckResult result = new RetriesBoundedCheck().Judge(_record.Open());

        Assert.Equal(Verdict.Fail, result.Verdict);
        Assert.Contains("orders tried calls of orders -> inventory again 40 times in the 1 s before 2 s, for 60 calls; their budget was 13.", result.Witness!.Facts[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_that_was_started_again_begins_with_a_full_bucket()
    {
        AddSeconds((60, 33), (60, 13));
        Add(3, calls: 10, retries: 22);

        Assert.Equal(Verdict.Pass, new RetriesBoundedCheck().Judge(_record.Open()).Verdict);
    }

    [Fact]
    public void A_breaker_that_opened_under_the_fault_and_closed_after_it_is_right()
    {
        Add(10, calls: 100, breaker: 2);
        Add(19, calls: 200, breaker: 0);
        Add(20, calls: 240, breaker: 0);

        Assert.Equal(Verdict.Pass, new BreakersCloseCheck().Judge(_record.Open()).Verdict);
    }

    [Fact]
    public void A_breaker_that_is_open_though_calls_come_is_a_violation()
    {
        for (int second = 10; second <= 20; second++)
            Add(second, calls: 40 * second, breaker: 2, rejected: 40 * second);

        CheckResult result = new BreakersCloseCheck().Judge(_record.Open());

        Assert.Equal(Verdict.Fail, result.Verdict);
        Assert.Contains("The breaker of orders -> inventory in orders was still open 5 s after healing, and turned 80 of 80 calls away", result.Witness!.Facts[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_sample_of_the_load_may_come_a_second_after_it()
    {
        for (int second = 18; second <= 21; second++)
            Add(second, calls: second == 21 ? 41 : 40, breaker: 2);

        Assert.Equal(Verdict.Fail, new BreakersCloseCheck().Judge(_record.Open()).Verdict);
    }

    [Fact]
    public void A_breaker_that_nobody_called_may_stay_open()
    {
        for (int second = 10; second <= 20; second++)
            Add(second, calls: 40, breaker: 2);

        Assert.Equal(Verdict.Unknown, new BreakersCloseCheck().Judge(_record.Open()).Verdict);
    }

    private void AddSeconds(params (double Calls, double Retries)[] seconds)
    {
        (double calls, double retries) = (0, 0);
        for (int i = 0; i < seconds.Length; i++)
        {
            (calls, retries) = (calls + seconds[i].Calls, retries + seconds[i].Retries);
            Add(i + 1, calls, retries);
        }
    }

    private void Add(int second, double calls, double retries = 0, double breaker = 0, double rejected = 0) => _record.Series.Add(new SeriesSample
    {
        At = TimeSpan.FromSeconds(second),
        Services = new Dictionary<string, ServiceSample>
        {
            ["orders"] = new(null, null, new Dictionary<string, double>
            {
                ["edge_calls_total{edge=\"orders -> inventory\"}"] = calls,
                ["edge_retries_total{edge=\"orders -> inventory\"}"] = retries,
                ["edge_rejected_total{edge=\"orders -> inventory\"}"] = rejected,
                ["breaker_state{edge=\"orders -> inventory\"}"] = breaker,
            }),
        },
    });
}
