namespace Harness.Target.Inventory;

/// <summary>Who must hear that a product is not what it was.</summary>
public interface IProductChanges
{
    /// <summary>The database has another version of it, committed.</summary>
    void Forget(string sku);
}
