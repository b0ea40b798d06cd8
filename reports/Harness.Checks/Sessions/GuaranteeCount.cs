using Harness.Records;

namespace Harness.Checks.Sessions;

/// <summary>Counts one guarantee.</summary>
/// <param name="name">The guarantee's.</param>
/// <param name="counted">Which of the operations that could break it count.</param>
internal sealed class GuaranteeCount(string name, Func<Operation, bool> counted)
{
    private long _eligible;
    private long _violations;
    private (Operation, Operation)? _pair;

    public void Count(bool kept, in Operation earlier, in Operation later)
    {
        if (!counted(later))
            return;

        _eligible++;
        if (kept)
            return;

        _violations++;
        _pair ??= (earlier, later);
    }

    public SessionGuarantee Result() => new(name, _eligible, _violations, _pair);
}
