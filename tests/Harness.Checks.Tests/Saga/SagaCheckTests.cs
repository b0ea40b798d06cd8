using Harness.Records;

namespace Harness.Checks.Tests.Saga;

public sealed class SagaCheckTests
{
    private static readonly string[] SagaChecks =
        ["acknowledged-orders-kept", "compensation-complete", "effects-exactly-once", "money-conserved", "no-oversell", "settled", "terminal-agreement"];

    public static TheoryData<string> Names => [.. SagaChecks];

    public static TheoryData<string, string> Doctorings => [.. Doctoring.All.Select(d => (d.Check, d.Name))];

    [Theory]
    [MemberData(nameof(Names))]
    public void Passes_a_record_that_is_right(string check)
    {
        CheckResult result = Ask(check, TestRecord.Right());

        Assert.Equal((Verdict.Pass, null), (result.Verdict, result.Witness));
        Assert.Equal(0, result.Numbers["violations"]);
    }

    [Theory]
    [MemberData(nameof(Doctorings))]
    public void Fails_a_record_in_which(string check, string doctored)
    {
        Doctoring doctoring = Doctoring.All.Single(d => d.Check == check && d.Name == doctored);
        TestRecord record = TestRecord.Right();
        doctoring.Apply(record);
        CheckResult result = Ask(check, record);

        Assert.Equal(Verdict.Fail, result.Verdict);
        Assert.Contains(result.Witness!.Facts, fact => fact.Contains(doctoring.Says, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Knows_nothing_without_an_audit(string check)
    {
        TestRecord record = TestRecord.Right();
        record.HasAudit = false;

        Assert.Equal(Verdict.Unknown, Ask(check, record).Verdict);
    }

    [Theory]
    [InlineData("orders", "money-conserved", "Orders could not be asked")]
    [InlineData("payments", "money-conserved", "Payments could not be asked")]
    [InlineData("inventory", "no-oversell", "Inventory could not be asked")]
    [InlineData("orders", "acknowledged-orders-kept", "Orders could not be asked")]
    [InlineData("payments", "effects-exactly-once", "Payments could not be asked")]
    [InlineData("inventory", "terminal-agreement", "Inventory could not be asked")]
    [InlineData("inventory", "settled", "Inventory could not be asked")]
    public void Leaves_open_what_a_missing_service_would_have_to_say(string missing, string check, string says)
    {
        TestRecord record = TestRecord.Right();
        record.Missing.Add(missing);
        CheckResult result = Ask(check, record);

        Assert.Equal(Verdict.Unknown, result.Verdict);
        Assert.Contains(says, result.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("money-conserved")]
    [InlineData("no-oversell")]
    [InlineData("effects-exactly-once")]
    [InlineData("terminal-agreement")]
    [InlineData("compensation-complete")]
    public void Does_not_take_a_message_in_flight_for_a_violation(string check)
    {
        TestRecord record = TestRecord.Right();
        Doctoring.SetStatus(record, "order-0", "PENDING");    // charged and taken out of stock, but Orders has not heard of it
        record.Buses["orders"] = new BusAudit(0, 1, 0);
        Doctoring.Change(record.Events, e => e.Kind == EventKind.Settled, e => e with { Kind = EventKind.NotSettled });

        Assert.Equal(Verdict.Unknown, Ask(check, record).Verdict);
    }

    [Theory]
    [InlineData("money-conserved", "a balance is a cent too high")]
    [InlineData("no-oversell", "stock went below zero consistently")]
    [InlineData("effects-exactly-once", "a charge is booked twice")]
    public void Finds_what_is_always_wrong_even_while_work_is_under_way(string check, string doctored)
    {
        TestRecord record = TestRecord.Right();
        Doctoring.All.Single(d => d.Check == check && d.Name == doctored).Apply(record);
        Doctoring.Change(record.Events, e => e.Kind == EventKind.Settled, e => e with { Kind = EventKind.NotSettled });

        Assert.Equal(Verdict.Fail, Ask(check, record).Verdict);
    }

    [Fact]
    public void Allows_a_refused_key_to_exist_once_it_was_tried_again()
    {
        TestRecord record = TestRecord.Right();
        Operation accepted = record.History[0];
        record.History.Insert(0, accepted with { Outcome = Outcome.Refused, Value = null, Invoked = TimeSpan.Zero, Completed = TimeSpan.FromMilliseconds(1) });

        Assert.Equal(Verdict.Pass, Ask("acknowledged-orders-kept", record).Verdict);
    }

    [Fact]
    public void Shows_what_clients_did_to_the_orders_it_accuses()
    {
        TestRecord record = TestRecord.Right();
        Doctoring.All.Single(d => d.Name == "a charge is booked twice").Apply(record);
        Witness witness = Ask("effects-exactly-once", record).Witness!;

        Assert.Contains(witness.Operations, o => o is { Kind: "place-order", Value: "order-0" });
        Assert.Contains(witness.Operations, o => o is { Kind: "read-order", Key: "order-0" });
        Assert.Contains("First seen at 1.000 s, phase baseline.", witness.Facts[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_all_it_finds_but_shows_only_the_first_few()
    {
        TestRecord record = TestRecord.Right();
        for (int i = 0; i < record.Book.Count; i++)
            record.Book[i] = record.Book[i] with { Status = "PENDING" };
        CheckResult result = Ask("settled", record);

        Assert.Equal(40, result.Numbers["violations"]);
        Assert.Equal(6, result.Witness!.Facts.Count);
        Assert.Equal("… and 35 more.", result.Witness.Facts[^1]);
    }

    private static CheckResult Ask(string check, TestRecord record) => Judge.All.Single(c => c.Name == check).Judge(record.Open());
}
