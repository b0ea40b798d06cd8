using System.Text.Json.Nodes;
using Harness.Chaos.Control;
using Harness.Chaos.Environments;
using Harness.Chaos.Faults;
using Harness.Chaos.Faults.Network;

namespace Harness.Chaos.Tests.Control;

public sealed class FaultFormTests
{
    private static readonly IEnvironmentKind Embedded = EnvironmentKinds.Find("embedded")!;

    public static TheoryData<string> Kinds => [.. FaultKinds.All.Select(kind => kind.Name)];

    [Fact]
    public void Reads_what_a_file_of_experiments_says_and_lasts_half_a_minute_unless_told_otherwise()
    {
        (Fault? fault, IReadOnlyList<string> problems) = Read("""{"fault":"latency","edges":["orders -> payments"],"delay":"200ms"}""");
        Assert.Empty(problems);
        LatencyFault read = Assert.IsType<LatencyFault>(fault);
        Assert.Equal((TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(30)), (read.Delay, read.For));
        Assert.Equal("orders -> payments", Assert.Single(read.Edges).ToString());
    }

    [Fact]
    public void Says_everything_that_is_wrong_at_once_with_what_it_saw_and_what_is_near() => Assert.Equal(
        [
            "delay: is missing; it takes a duration such as 250ms, 3s or 1m30s",
            "dely: unknown key; did you mean 'delay'?",
            "direction: 'downstrem' is not known; did you mean 'downstream'?",
            "edges: 'orders -> paymens' is not an edge of --env embedded; did you mean 'orders -> payments'?",
            "for: 0s is not above zero and at most 60m",
            "shape: takes a value or a list of values, not {}",
        ],
        Read("""{"fault":"latency","edges":"orders -> paymens","dely":"1s","direction":"downstrem","for":"0s","shape":{}}""").Problems.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("{}", "fault: is missing; it takes one of administrators")]
    [InlineData("""{"fault":"latncy"}""", "fault: 'latncy' is not a fault; did you mean 'latency'?")]
    [InlineData("""{"fault":["latency"]}""", "fault: '[\"latency\"]' is not a fault")]
    [InlineData("""{"fault":7}""", "fault: '7' is not a fault")]
    public void Names_the_kinds_when_none_is_meant(string body, string problem) =>
        Assert.StartsWith(problem, Assert.Single(Read(body).Problems), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Describes_every_kind_with_its_length_and_where_it_goes(string name)
    {
        JsonObject described = FaultForm.Describe(FaultKinds.Find(name)!, Embedded), properties = described["properties"]!.AsObject();
        Assert.True(properties.ContainsKey("for"));
        Assert.All(properties, field => Assert.NotNull(field.Value));
        Assert.False((bool)described["additionalProperties"]!);
    }

    private static (Fault? Fault, IReadOnlyList<string> Problems) Read(string body) =>
        FaultForm.Read(JsonNode.Parse(body)!.AsObject(), Embedded, new Dictionary<string, string>());
}
