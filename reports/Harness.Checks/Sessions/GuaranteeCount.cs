using Harness.Records;

namespace Harness.Checks.Sessions;

/// <summary>Counts one guarantee.</summary>
internal sealed class GuaranteeCount(string name)
{
    private long _eligible;
    private long _violations;
    private (Operation, Operation)? _pair;

    public void Count(bool kept, in Operation earlier, in Operation later)
    {
        _eligible++;
        if (kept)
            return;

        _violations++;
        _pair ??= (earlier, later);
    }

    public SessionGuarantee Result() => new(name, _eligible, _violations, _pair);
}
