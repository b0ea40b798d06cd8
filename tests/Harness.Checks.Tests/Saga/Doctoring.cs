namespace Harness.Checks.Tests.Saga;

/// <summary>One thing made wrong in a record that was right.</summary>
/// <param name="Name">What was done, for the test's name.</param>
/// <param name="Check">The check that must fail.</param>
/// <param name="Says">What its witness must say.</param>
/// <param name="Apply">Does it.</param>
internal sealed record Doctoring(string Name, string Check, string Says, Action<TestRecord> Apply)
{
    public static IReadOnlyList<Doctoring> All { get; } = [.. LedgerDoctorings.All, .. StockDoctorings.All, .. OrderDoctorings.All];

    public static void Change<T>(List<T> list, Predicate<T> which, Func<T, T> to)
    {
        int at = list.FindIndex(which);
        Assert.True(at >= 0, "the doctored record has nothing of the kind");
        list[at] = to(list[at]);
    }

    public static void Drop<T>(List<T> list, Predicate<T> which)
    {
        int at = list.FindIndex(which);
        Assert.True(at >= 0, "the doctored record has nothing of the kind");
        list.RemoveAt(at);
    }

    public static void SetStatus(TestRecord record, string orderId, string status) =>
        Change(record.Book, order => order.Id == orderId, order => order with { Status = status });
}
