namespace Harness.Checks.Linearizability;

public enum ObjectKind
{
    Register,
    KeyValue,
    Counter,
}
