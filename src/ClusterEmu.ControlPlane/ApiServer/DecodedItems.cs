using System.Collections;
using ClusterEmu.Api;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>A list's objects as records of the version that was asked for, decoded when they are looked at.</summary>
internal sealed class DecodedItems(IReadOnlyList<StoredObject> items, KindInfo shown) : IReadOnlyList<IKubeObject>
{
    public int Count => items.Count;

    public IKubeObject this[int index] => shown.Show(items[index].Decode());

    public IEnumerator<IKubeObject> GetEnumerator()
    {
        foreach (var item in items) yield return shown.Show(item.Decode());
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
